import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** Of what is served with, by name: `{"express-c10k":"0.1.0","node":"20.19.0",…}`. */
export function versions(): Readonly<Record<string, string>> {
  const packages = ["express-c10k", "express", "ws"].map((name) => [name, versionOf(name)] as const);
  return { ...Object.fromEntries(packages), node: process.versions.node };
}

function versionOf(name: string): string {
  const { version }: { version: string } = require(`${name}/package.json`);
  return version;
}
