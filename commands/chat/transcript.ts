import { styleText } from "node:util";
import { type ChatMessage, foldNick, type ServerFrame } from "../../handlers/chat/protocol.ts";
import type { Output } from "../output.ts";
import { printable } from "./printable.ts";

/** What continues a message on its next line: no message begins like that, so that none can look like two. */
const INDENT = "      ";

/** How many of those who are there are named. */
const NAMED = 20;

const COLOURS = ["cyan", "green", "yellow", "magenta", "blue", "red"] as const;

/** Writes what happens in a room for people to read, a line or more for each thing. */
export interface Transcript {
  /** Undefined for what a reader need not know. */
  line(frame: ServerFrame): string | undefined;
}

/**
 * Creates the transcript of one member's stay.
 *
 * @param output where it goes: it gets colours if that is a terminal, and the environment does not say otherwise
 */
export function createTranscript(output: Output): Transcript {
  const style = (format: Parameters<typeof styleText>[0], text: string) =>
    styleText(format, text, { stream: output });
  let day = "";
  let isWelcome = false;

  function said({ nick, text, time }: ChatMessage): string {
    const at = new Date(time);
    const line = `${style("dim", timeOf(at))} ${style(colourOf(nick), printable(nick))}: ${indented(text)}`;
    if (dayOf(at) === day) return line;
    day = dayOf(at);
    return `${note(day)}\n${line}`;
  }

  function note(text: string): string {
    return style("dim", `* ${printable(text)}`);
  }

  return {
    line(frame) {
      if (frame.type === "message") return said(frame);
      if (frame.type === "joined" || frame.type === "left") return note(`${frame.nick} ${frame.type}`);
      if (frame.type === "gap") return note("some of what was said is no longer kept");
      if (frame.type !== "welcome" || isWelcome) return undefined;
      isWelcome = true;
      return note(`${frame.nick} in ${frame.room}, with ${others(frame.members, frame.nick)}`);
    },
  };
}

function others(members: readonly string[], nick: string): string {
  const names = members.filter((name) => foldNick(name) !== foldNick(nick));
  if (names.length === 0) return "nobody else";
  const more = names.length - NAMED;
  return names.slice(0, NAMED).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

function indented(text: string): string {
  return text
    .split(/\r\n|\n/)
    .map(printable)
    .join(`\n${INDENT}`);
}

/** The same nick has the same colour in every room and on every machine. */
function colourOf(nick: string) {
  let sum = 0;
  for (const character of foldNick(nick)) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 997;
  return COLOURS[sum % COLOURS.length] ?? "cyan";
}

function timeOf(at: Date): string {
  return [at.getHours(), at.getMinutes()].map(twoDigits).join(":");
}

function dayOf(at: Date): string {
  return [at.getFullYear(), at.getMonth() + 1, at.getDate()].map(twoDigits).join("-");
}

function twoDigits(number: number): string {
  return String(number).padStart(2, "0");
}
