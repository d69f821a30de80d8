import { setTimeout as sleep } from "node:timers/promises";

/** Sends a process a signal, which may have ended meanwhile. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

/** Lets a process stand still for so many milliseconds. */
export async function pause(pid: number, lasts: number): Promise<void> {
  signal(pid, "SIGSTOP");
  await sleep(lasts);
  signal(pid, "SIGCONT");
}
