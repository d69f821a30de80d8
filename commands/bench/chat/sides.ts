import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { packageRoot } from "../../package-root.ts";
import { numberIn, startChild } from "../child.ts";
import type { Pinning } from "../pinning.ts";
import { startProgram } from "../program.ts";
import type { ChatDialectName } from "./dialect.ts";

/** A server that is measured, in a process of its own. */
export interface ChatServer {
  readonly pid: number | undefined;
  /** Where it listens. Rejects with a CommandError if it does not. */
  readonly port: Promise<number>;
  /** Kills it, and removes what it kept. */
  end(): Promise<void>;
}

/** One whose room is filled. */
export interface ChatSide {
  readonly name: string;
  /** How its members talk. */
  readonly dialect: ChatDialectName;
  start(pins: Pinning): Promise<ChatServer>;
}

const LISTENING = /^Listening on .*?(\d+)\/?$/;

/** This project's server as it is run, with what is said in it on a disk. */
export const ours: ChatSide = {
  name: "express-c10k",
  dialect: "chat",
  async start({ server }) {
    // At once: a signal between its making and what removes it would leave it there.
    const data = mkdtempSync(join(tmpdir(), "bench-chat-"));
    const options = ["--port", "0", "--host", "127.0.0.1", "--log", "off", "--data", data];
    const command = [...server, process.execPath, fileOf("dist/app.js"), ...options];
    const { pid, answer, end } = startProgram("The chat's server", command, LISTENING);
    const remove = () => rmSync(data, { recursive: true, force: true, maxRetries: 3 });
    // Behind that of the program, which is killed then.
    process.once("exit", remove);
    return {
      pid,
      port: answer.then(Number),
      async end() {
        await end();
        remove();
        process.off("exit", remove);
      },
    };
  },
};

/** A room of Socket.IO. */
export const socketIo: ChatSide = {
  name: "socket.io",
  dialect: "socket.io",
  async start({ server }) {
    const script = fileOf("dist/commands/bench/servers/socket.io-chat.js");
    const { pid, answer, end } = startChild("The server of socket.io", [...server, process.execPath, script]);
    return { pid, port: answer().then((said) => numberIn(said, "port")), end };
  },
};

/** All that are measured, in the order of the table. */
export const SIDES: readonly ChatSide[] = [ours, socketIo];

function fileOf(path: string): string {
  return fileURLToPath(new URL(path, packageRoot()));
}
