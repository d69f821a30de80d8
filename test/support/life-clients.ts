import { RUN, SUB } from "../../handlers/life/protocol.ts";
import { openRecording, type RecordingClient } from "./recording-client.ts";
import type { TestServer } from "./server.ts";

type At = Pick<TestServer, "wsUrl">;

/** Asks for a new game; resolves with how that connection was closed. */
export async function resetGame(
  { wsUrl }: At,
  size: string | number,
): Promise<{ code: number; reason: string }> {
  const client = await openRecording(`${wsUrl}/reset/`);
  client.send(String(size));
  return client.closed;
}

/** Connects workers, one after the other. */
export async function openWorkers({ wsUrl }: At, count: number): Promise<RecordingClient[]> {
  const workers: RecordingClient[] = [];
  while (workers.length < count) workers.push(await openRecording(`${wsUrl}/worker/`));
  return workers;
}

/** Connects a watcher, of text lines or of another subprotocol. */
export function openWatcher({ wsUrl }: At, ...protocols: string[]): Promise<RecordingClient> {
  return openRecording(`${wsUrl}/watcher/`, { protocols });
}

/** All cells of a grid, as `ROW COL`. */
export function cellsOf(size: number): string[] {
  return Array.from({ length: size ** 2 }, (_, cell) => `${Math.floor(cell / size)} ${cell % size}`);
}

/** Starts a game, and brings it to where all of its workers run: {@link joinGame}. */
export async function startGame(
  server: At,
  size: number,
  wanted?: (worker: number) => string[],
): Promise<RecordingClient[]> {
  await resetGame(server, size);
  return joinGame(server, size, wanted);
}

/**
 * Brings a game to where all of its workers run.
 *
 * @param wanted the cells that a worker subscribes to. Default: all cells, for each
 * @returns the workers, who have read `sub` and `run`
 */
export async function joinGame(
  server: At,
  size: number,
  wanted: (worker: number) => string[] = () => cellsOf(size),
): Promise<RecordingClient[]> {
  const workers = await openWorkers(server, size ** 2);
  await expectAll(workers, SUB);
  for (const [index, worker] of workers.entries()) worker.send(...wanted(index), SUB);
  await expectAll(workers, RUN);
  return workers;
}

/** Waits until the next message of each is this one. */
export async function expectAll(clients: readonly RecordingClient[], message: string): Promise<void> {
  const messages = await Promise.all(clients.map((client) => client.next()));
  if (messages.some((other) => other !== message)) throw new Error(`Not ${message} for all: ${messages}`);
}
