import { cp, mkdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { start } from "../support/cli.ts";
import { ROOT } from "../support/imports.ts";
import { TIMEOUT } from "../support/timeouts.ts";
import { DOCKERFILE } from "./files.ts";

/** How long npm may take, in milliseconds: what is in its cache is not downloaded again. */
const INSTALL_TIMEOUT = 6 * TIMEOUT;

/** A stage of the Dockerfile: its name, empty for the last one, and its instructions. */
interface Stage {
  readonly name: string;
  readonly steps: readonly string[];
}

/**
 * Makes the folder `/app` of the image without Docker: takes the steps of the Dockerfile, in folders. The stage that builds is the
 * project itself, which is built.
 */
export async function assembleImage(folder: string): Promise<string> {
  const folders = new Map([["build", ROOT]]);
  for (const { name, steps } of stages()) {
    if (folders.has(name)) continue;
    const here = join(folder, name || "image");
    await mkdir(here);
    for (const step of steps) await take(step, here, folders);
    folders.set(name, here);
  }
  return join(folder, "image");
}

function stages(): Stage[] {
  const parts = DOCKERFILE.replaceAll("\\\n", "")
    .split(/^(?=FROM )/m)
    .slice(1);
  return parts.map((part) => {
    const steps = part.split("\n").filter((line) => /^(COPY|RUN) /.test(line));
    return { name: /^FROM \S+ AS (\w+)$/m.exec(part)?.[1] ?? "", steps };
  });
}

async function take(step: string, here: string, folders: ReadonlyMap<string, string>): Promise<void> {
  const [instruction, ...words] = step.trim().split(/\s+/);
  if (instruction === "COPY") return copy(words, here, folders);
  // What prepares places outside of the folder is for a container.
  if (/\s\/\w/.test(step)) return;
  const options = { cwd: here, env: process.env, timeout: INSTALL_TIMEOUT };
  const { code, stderr } = await start("sh", ["-c", words.join(" ")], options).outcome;
  if (code !== 0) throw new Error(`${step}: ${stderr}`);
}

async function copy(words: string[], here: string, folders: ReadonlyMap<string, string>): Promise<void> {
  const [, stage] = /^--from=(\w+)$/.exec(words[0] ?? "") ?? [];
  const sources = stage === undefined ? words.slice(0, -1) : words.slice(1, -1);
  const from = stage === undefined ? ROOT : folders.get(stage);
  if (from === undefined) throw new Error(`There is no stage ${stage}`);
  const target = join(here, words.at(-1) ?? "");
  for (const source of sources) {
    const path = join(from, source.replace(/^\/app\/?/, ""));
    // A folder's contents, or a file under its own name.
    const isFolder = words.at(-1)?.endsWith("/") === true && path !== from;
    await mkdir(dirname(target), { recursive: true });
    await cp(path, isFolder ? join(target, basename(path)) : target, {
      recursive: true,
      verbatimSymlinks: true,
    });
  }
}
