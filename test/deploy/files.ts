import { parse } from "yaml";
import { readSource } from "../support/imports.ts";

/** The files of `docs/deploy/`, as text. */
export const NGINX_CONF = readSource("docs/deploy/nginx.conf");
export const DOCKERFILE = readSource("docs/deploy/Dockerfile");
export const UNIT = readSource("docs/deploy/express-c10k.service");
export const COMPOSE = readSource("docs/deploy/compose.yaml");

/** What the tests ask of a service of the compose file. */
export interface ComposeService {
  readonly image?: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly stop_grace_period?: string;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly networks: readonly string[] | { readonly inside: { readonly ipv4_address: string } };
  readonly volumes?: readonly string[];
}

/** The compose file, read. */
export interface Compose {
  readonly services: Readonly<Record<"server1" | "server2" | "redis" | "nginx", ComposeService>>;
  readonly networks: {
    readonly inside: { readonly ipam: { readonly config: readonly { subnet: string }[] } };
  };
  readonly volumes: Readonly<Record<string, unknown>>;
}

/** Reads the compose file, with what a service takes over from another place (`<<`). */
export function readCompose(): Compose {
  return parse(COMPOSE, { merge: true });
}

/** The arguments of an instruction of the Dockerfile that are written as JSON: of the last one of that name. */
export function execForm(instruction: "CMD" | "HEALTHCHECK"): string[] {
  const joined = DOCKERFILE.replaceAll("\\\n", "");
  const lines = joined.split("\n").filter((line) => line.startsWith(`${instruction} `));
  const list = /\[.*\]$/.exec(lines.at(-1) ?? "")?.[0];
  if (list === undefined) throw new Error(`The Dockerfile has no ${instruction} in exec form`);
  return JSON.parse(list);
}

/** The addresses of the servers in nginx.conf, as `172.30.0.11:8000`. */
export function upstreamAddresses(): string[] {
  return Array.from(NGINX_CONF.matchAll(/^\s*server (\d\S+)/gm), ([, address = ""]) => address);
}

/** The value of a key of the unit, of the last one where it may be given several times. */
export function unitValue(key: string): string | undefined {
  return Array.from(UNIT.matchAll(new RegExp(`^${key}=(.*)$`, "gm")), ([, value]) => value).at(-1);
}
