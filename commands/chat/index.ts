import { userInfo } from "node:os";
import { Argument, Command, InvalidArgumentError, Option } from "commander";
import { MAX_NICK, MAX_ROOM, parseNick, parseRoom } from "../../handlers/chat/protocol.ts";
import { CommandError, Interruption } from "../errors.ts";
import { examples } from "../examples.ts";
import { findServer } from "../find-server.ts";
import { untilAborted } from "../interrupts.ts";
import { webSocketUrl } from "../options.ts";
import type { Output } from "../output.ts";
import { converse } from "./converse.ts";
import { Member } from "./member.ts";
import { createReport } from "./report.ts";
import { openScreen, type Streams } from "./screen.ts";

/** What `chat` is told on the command line. */
export interface ChatOptions {
  /** Default: the name of the user, as the system has it. */
  readonly nick?: string;
  /** The last message that is known, from behind which the history begins. */
  readonly since?: string;
  /** Whether all is told as JSON. */
  readonly json: boolean;
  /** The server's base URL. */
  readonly url: string;
}

/** As shells report a command that the reader of its output has left: 128 plus SIGPIPE. */
const BROKEN_PIPE = 141;

const NOTES = `
What you type is said, a line at a time; so is what is piped in, at the pace that
the server allows. The end of the input (Ctrl-D) waits until all of it is kept,
then leaves. When the server is lost, the command connects again by itself; what
is typed meanwhile is said then.
`;

const EXAMPLES = examples({
  "talk in the room tea": "chat tea --nick ada",
  "say what a file says, and leave": "chat tea --nick ada < lines.txt",
  "follow a room in a script": "chat tea --nick bot --json | jq -c .",
});

/** The subcommand `chat`: a room of the chat, in a terminal. */
export function chat(output: Output, signal: AbortSignal): Command {
  return new Command("chat")
    .summary("talk in a room of the chat")
    .description(
      "Talk in a room of the chat: lines in, lines out, what was said before first. Ctrl-C ends it.",
    )
    .addArgument(new Argument("<room>", "the room").argParser(room))
    .addOption(new Option("--nick <nick>", "your name there (default: your user name)").argParser(nick))
    .option("--since <id>", "begin behind this message, instead of with the latest ones")
    .option("--json", "tell all that the server says as JSON, a line each", false)
    .option("--url <url>", "the server", webSocketUrl, "ws://localhost:8000")
    .addHelpText("after", NOTES + EXAMPLES)
    .action((room: string, options: ChatOptions) =>
      runChat(room, options, { input: process.stdin, output, errors: process.stderr }, signal),
    );
}

/**
 * Talks in a room until the input ends, and all of it is acknowledged.
 *
 * @throws CommandError if there is no server, or it does not let one in
 * @throws Interruption when `signal` aborts, or nobody reads the output any more
 */
export async function runChat(
  room: string,
  { nick = userNick(), since, json, url }: ChatOptions,
  streams: Streams,
  signal: AbortSignal,
): Promise<void> {
  await untilAborted(findServer(url), signal);
  const screen = openScreen(streams);
  const member = new Member({ url, room, nick, since, ...createReport(screen, streams, json) });
  try {
    const talk = Promise.race([converse(member, screen), failed(member), unread(streams.output)]);
    await untilAborted(talk, signal);
  } finally {
    screen.close();
  }
}

/** Rejects if the member cannot stay; leaving on purpose settles nothing. */
function failed(member: Member): Promise<never> {
  return new Promise((_resolve, reject) => {
    member.ended.catch(reject);
  });
}

/** Rejects when whoever read the output has gone. */
function unread(output: Output): Promise<never> {
  return new Promise((_resolve, reject) => {
    output.once("error", () => reject(new Interruption(BROKEN_PIPE)));
  });
}

function userNick(): string {
  const name = parseNick(userName());
  if (name !== undefined) return name;
  throw new CommandError("The system does not know your name: say who you are with --nick");
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return "";
  }
}

function room(text: string): string {
  const name = parseRoom(text);
  if (name !== undefined) return name;
  throw new InvalidArgumentError(`It must be 1 to ${MAX_ROOM} letters, digits, "-" and "_".`);
}

function nick(text: string): string {
  const name = parseNick(text);
  if (name !== undefined) return name;
  throw new InvalidArgumentError(
    `It must be 1 to ${MAX_NICK} characters that can be seen, no control characters.`,
  );
}
