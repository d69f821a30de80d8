import { expect } from "chai";
import { connectionClosed } from "../../middleware/errors.ts";
import { Inbox } from "../../middleware/inbox.ts";
import { Messages } from "../../middleware/messages.ts";
import { rejection } from "../support/rejection.ts";

function inboxOf(...messages: string[]): Inbox {
  const inbox = new Inbox({ pause() {}, resume() {} }, 16);
  for (const message of messages) inbox.push(message);
  return inbox;
}

async function collect(messages: AsyncIterable<unknown>): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const message of messages) all.push(message);
  return all;
}

describe("Messages", () => {
  it("ends silently after the last message when the connection is closed on purpose", async () => {
    for (const code of [1000, 1001, 1005]) {
      const inbox = inboxOf("1", "2");
      inbox.end(connectionClosed(code, ""));
      expect(await collect(new Messages(inbox))).to.deep.equal(["1", "2"]);
    }
  });

  it("throws after the last message when the connection is closed for another reason", async () => {
    const inbox = inboxOf("1");
    const error = connectionClosed(1006, "");
    inbox.end(error);
    const messages = new Messages(inbox);
    expect(await messages.next()).to.deep.equal({ value: "1", done: false });
    expect(await rejection(messages.next())).to.equal(error);
  });

  it("leaves the inbox as it is when the loop is left", async () => {
    const inbox = inboxOf("1", "2", "3");
    for await (const message of new Messages(inbox)) if (message === "2") break;
    expect(await inbox.recv()).to.equal("3");
  });

  it("is its own iterator, so that a loop can be taken up again", async () => {
    const inbox = inboxOf("1", "2");
    const messages = new Messages(inbox);
    await messages.next();
    inbox.end(connectionClosed(1000, ""));
    expect(await collect(messages)).to.deep.equal(["2"]);
  });
});
