import { type ChildProcess, fork } from "node:child_process";
import { EventEmitter } from "node:events";
import { fileURLToPath } from "node:url";
import type { Port } from "../../handlers/ipc/line.ts";
import { until } from "./until.ts";

/** The two ends of what connects a process with its primary. */
export interface IpcPair {
  readonly worker: Port;
  readonly primary: Port;
  /** As if the process had died: nothing passes any more. */
  cut(): void;
}

interface Passing {
  readonly to: "worker" | "primary";
  readonly message: unknown;
}

/** An end in this process, whose messages take the way through a mirror. */
class Mirrored extends EventEmitter {
  readonly #mirror: ChildProcess;
  readonly #to: Passing["to"];

  constructor(mirror: ChildProcess, to: Passing["to"]) {
    super();
    this.#mirror = mirror;
    this.#to = to;
  }

  send(message: unknown, onSent: (error: Error | null) => void): void {
    const passing: Passing = { to: this.#to, message };
    if (this.#mirror.connected) this.#mirror.send(passing, onSent);
    else onSent(new Error("It is cut"));
  }
}

/** Gives a suite's tests pairs of ends, through the pipe of a real process that sends back whatever it gets. */
export function useIpc(): () => Promise<IpcPair> {
  const mirrors: ChildProcess[] = [];

  afterEach(async () => {
    for (const mirror of mirrors.splice(0)) {
      if (mirror.exitCode !== null || mirror.signalCode !== null) continue;
      const exited = until(mirror, "exit");
      mirror.kill("SIGKILL");
      await exited;
    }
  });

  return async function openPair() {
    const mirror = fork(fileURLToPath(new URL("ipc-mirror.js", import.meta.url)), { execArgv: [] });
    mirrors.push(mirror);
    await until(mirror, "message");
    const ends = { worker: new Mirrored(mirror, "primary"), primary: new Mirrored(mirror, "worker") };
    mirror.on("message", ({ to, message }: Passing) => ends[to].emit("message", message));
    return { ...ends, cut: () => mirror.disconnect() };
  };
}
