import { Command, Option } from "commander";
import { examples } from "../../examples.ts";
import { checkFileLimit } from "../../file-limit.ts";
import { untilAborted } from "../../interrupts.ts";
import { integer, named } from "../../options.ts";
import type { Output } from "../../output.ts";
import { checkPortLimit } from "../../port-limit.ts";
import { describeMachine, thisMachine } from "../machine.ts";
import { pinning } from "../pinning.ts";
import { measureRooms } from "./measure-rooms.ts";
import { reportRooms } from "./report.ts";
import { type ChatScale, FULL, QUICK } from "./scale.ts";
import { type ChatSide, SIDES } from "./sides.ts";
import { CHAT_NOTES, chatTable } from "./table.ts";

/** What `bench-chat` is told on the command line. */
export interface BenchChatOptions {
  readonly only?: readonly ChatSide[];
  readonly quick?: true;
  readonly members?: number;
  readonly runs?: number;
}

const MAX_MEMBERS = 100_000;

const EXAMPLES = examples({
  "a first look": "bench-chat --quick",
  "two thousand members, five times": "bench-chat --members 2000 --runs 5",
});

/** The subcommand `bench-chat`: a room of the chat with ten thousand members. */
export function benchChat(output: Output, signal: AbortSignal): Command {
  const names = SIDES.map(({ name }) => name).join(", ");
  return new Command("bench-chat")
    .summary("measure a message to a full room of the chat")
    .description(
      "Measure how long a message takes to reach all members of one room of the chat, from the send to the last receipt, " +
        "against a room of Socket.IO: server and members in a process each.",
    )
    .option(
      "--only <names>",
      `sides, with commas between them: ${names} (default: all)`,
      named(SIDES, "side"),
    )
    .addOption(new Option("--quick", `${QUICK.members} members, fewer messages, and one run`))
    .addOption(
      new Option("--members <number>", `how many are in the room (default: ${FULL.members})`).argParser(
        integer(2, MAX_MEMBERS),
      ),
    )
    .addOption(new Option("--runs <number>", `how often (default: ${FULL.runs})`).argParser(integer(1, 100)))
    .addHelpText("after", EXAMPLES)
    .action((options: BenchChatOptions) => runBenchChat(options, output, signal));
}

/**
 * Measures, a line for each room, and ends with the table.
 *
 * @throws CommandError if that cannot be done, or a server or a member fails
 * @throws Interruption when `signal` aborts
 */
export async function runBenchChat(
  options: BenchChatOptions,
  output: Output,
  signal: AbortSignal,
): Promise<void> {
  const tell = (text: string) => void output.write(`${text}\n`);
  const { only = SIDES } = options;
  const scale = scaleOf(options);
  checkFileLimit(scale.members, "members");
  checkPortLimit(scale.members, "members");
  const pins = pinning();
  const pinned = pins.server.length > 0 ? "the server on a core of its own" : "server and members not pinned";
  tell(`${describeMachine(thisMachine())}; ${pinned}`);
  tell(`${scale.members.toLocaleString("en-GB")} members in one room`);
  const measured = measureRooms(only, scale, pins, tell);
  tell(`${chatTable(reportRooms(await untilAborted(measured, signal)))}\n${CHAT_NOTES}`);
}

function scaleOf({ quick, members, runs }: BenchChatOptions): ChatScale {
  const scale = quick ? QUICK : FULL;
  return { ...scale, members: members ?? scale.members, runs: runs ?? scale.runs };
}
