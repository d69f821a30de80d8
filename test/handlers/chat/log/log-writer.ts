/**
 * A process that appends to a log: `log-writer.ts MODULE PLACE ROOM AUTHOR COUNT`. It prints `REF ID` for each entry that is
 * kept. Each is of the same author, and their refs are numbers from 0.
 */
import type { LogBackend } from "./log-backend.ts";

/** How many are under way at once. */
const AT_ONCE = 20;

const [module = "", place = "", room = "", author = "", count = "0"] = process.argv.slice(2);
const backend: LogBackend = await import(module);
const log = await backend.openLog(place);
let next = 0;

async function write(): Promise<void> {
  while (next < Number(count)) {
    const ref = String(next++);
    const { id } = await log.append(room, { nick: author, author, ref, text: `${author} says ${ref}` });
    console.log(`${ref} ${id}`);
  }
}

await Promise.all(Array.from({ length: AT_ONCE }, write));
await log.close();
