import { expect } from "chai";
import { retention } from "../../handlers/chat/log/retention.ts";
import { LAST } from "../../handlers/chat/protocol.ts";
import { VIOLATIONS } from "../chaos/chat/check.ts";
import { usePage } from "../support/docs/use-page.ts";
import { readSource } from "../support/imports.ts";

describe("docs/chat.md", () => {
  const page = usePage("docs/chat.md");
  const text = readSource("docs/chat.md");

  page.commands("In a terminal", {
    "npm run cmd chat -- tea --nick ada": [
      "test/commands/chat.test.ts",
      "shows what was said before, then what is said",
    ],
    "npm run cmd chat -- tea --nick bot --json": [
      "test/commands/chat.test.ts",
      "gives the server's frames as they are, and tells of the connection",
    ],
    "uptime | npm run cmd chat -- tea --nick bot": [
      "test/commands/chat.test.ts",
      "says all of a pipe, whose last line need not end, and leaves with 0",
    ],
  });

  page.commands("The chaos run", {
    "npm run chaos:chat": [
      "test/chaos/chat/chaos.test.ts",
      "loses nothing, says nothing twice, and keeps one order",
    ],
    "npm run chaos:chat -- --redis": [
      "test/chaos/chat/chaos.test.ts",
      "loses nothing, says nothing twice, and keeps one order, with two servers and their Redis",
    ],
    "npm run chaos:chat -- --members 20 --rooms 2 --seconds 10 --kills 3 --seed 42": [
      "test/chaos/chat/chaos.test.ts",
      "loses nothing, says nothing twice, and keeps one order",
    ],
  });

  it("states what a room keeps, and how much of it comes first", () => {
    const { maxEntries, maxAge } = retention({});
    expect({ maxEntries, days: maxAge / 86_400_000 }).to.deep.equal({ maxEntries: 10_000, days: 365 });
    expect(text).to.contain("its last 10,000 messages, for a year at most");
    expect(text).to.contain(`the last ${LAST} messages`);
  });

  it("names all that the chaos run looks for", () => {
    const named = Array.from(text.matchAll(/^\| (\w+) \| a message/gm), ([, name]) => name);
    expect(named).to.deep.equal([...VIOLATIONS]);
  });
});
