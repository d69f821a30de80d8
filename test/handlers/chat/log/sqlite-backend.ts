import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Log } from "../../../../handlers/chat/log/log.ts";
import { sqliteLog } from "../../../../handlers/chat/log/sqlite-log.ts";
import type { LogLimits } from "./log-backend.ts";

export function makePlace(): Promise<string> {
  return mkdtemp(join(tmpdir(), "chat-log-"));
}

export function removePlace(place: string): Promise<void> {
  return rm(place, { recursive: true, force: true, maxRetries: 3 });
}

export async function openLog(place: string, limits: LogLimits = {}): Promise<Log> {
  return sqliteLog({ directory: place, ...limits });
}
