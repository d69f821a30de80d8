import { isBlank } from "../../handlers/chat/protocol.ts";
import type { Member } from "./member.ts";
import { Refused } from "./outgoing.ts";
import { printable } from "./printable.ts";
import type { Screen } from "./screen.ts";

/** How many lines may wait to be acknowledged; the rest waits where it comes from. */
const MOST_PENDING = 100;

/** How much of a line that was not taken is shown, in characters. */
const SHOWN = 40;

/**
 * Says each line, in order; what cannot be said is complained of. Blank lines are passed over.
 *
 * @returns a promise that resolves when all of it is acknowledged and the member has left
 */
export async function converse(member: Member, screen: Screen): Promise<void> {
  const underWay = new Set<Promise<void>>();
  for await (const line of screen.lines) {
    if (isBlank(line)) continue;
    const saying = say(member, line, screen);
    underWay.add(saying);
    saying.finally(() => underWay.delete(saying));
    if (underWay.size >= MOST_PENDING) await Promise.race(underWay);
  }
  await member.ready;
  await Promise.all(underWay);
  await member.leave();
}

async function say(member: Member, line: string, screen: Screen): Promise<void> {
  try {
    await member.say(line);
  } catch (error) {
    // Whatever else ends the member is told when it ends.
    if (!(error instanceof Refused)) return;
    screen.complain(`Not said: ${printable(error.message)}: ${beginning(line)}`);
  }
}

function beginning(line: string): string {
  const characters = [...line];
  return printable(characters.slice(0, SHOWN).join("")) + (characters.length > SHOWN ? "…" : "");
}
