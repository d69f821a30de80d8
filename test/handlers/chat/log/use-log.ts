import { fileURLToPath } from "node:url";
import type { Entry, Log } from "../../../../handlers/chat/log/log.ts";
import { type RunningCli, start } from "../../../support/cli.ts";
import type { LogBackend, LogLimits } from "./log-backend.ts";

/** A backend, and for each test a place of its own. */
export interface LogUse {
  /** Opens the log of the test's place; any number of times. It is closed after the test. */
  open(limits?: LogLimits): Promise<Log>;
  /** Starts another process, which appends `count` entries (`log-writer.ts`). It is gone after the test. */
  startWriter(room: string, author: string, count: number): RunningCli;
}

const WRITER = fileURLToPath(new URL("log-writer.ts", import.meta.url));

/** @param module a {@link LogBackend} */
export function useLog(module: URL): LogUse {
  const logs: Log[] = [];
  const writers: RunningCli[] = [];
  let backend: LogBackend;
  let place = "";

  before(async () => {
    backend = await import(module.href);
  });

  beforeEach(async () => {
    place = await backend.makePlace();
  });

  afterEach(async () => {
    const ending = writers.splice(0);
    for (const { process } of ending) process.kill("SIGKILL");
    await Promise.all(ending.map(({ outcome }) => outcome));
    await Promise.all(logs.splice(0).map((log) => log.close()));
    await backend.removePlace(place);
  });

  return {
    async open(limits) {
      const log = await backend.openLog(place, limits);
      logs.push(log);
      return log;
    },

    startWriter(...args) {
      const options = ["--import", "tsx/esm", WRITER, module.href, place];
      const writer = start(process.execPath, [...options, ...args.map(String)]);
      writers.push(writer);
      return writer;
    },
  };
}

/** Appends a text, the ref of which it is too. */
export function say(log: Log, room: string, text: string, author = "ann"): Promise<Entry> {
  return log.append(room, { nick: author, author, ref: text, text });
}

/** Appends so many texts, `1` first. */
export function sayMany(log: Log, room: string, count: number, author?: string): Promise<Entry[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => say(log, room, String(index + 1), author)));
}

export function texts(entries: readonly Entry[]): string[] {
  return entries.map(({ text }) => text);
}

/** What a writer says it has kept, by ref. */
export function kept(stdout: string): Map<string, string> {
  // A line that a kill cut off says nothing.
  const lines = stdout.split("\n").slice(0, -1);
  return new Map(
    lines.map((line) => {
      const [ref = "", id = ""] = line.split(" ");
      return [ref, id];
    }),
  );
}
