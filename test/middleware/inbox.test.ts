import { expect } from "chai";
import { ConcurrencyError, connectionClosed, RecvTimeoutError } from "../../middleware/errors.ts";
import { Inbox } from "../../middleware/inbox.ts";
import { collectGarbage } from "../support/collect-garbage.ts";
import { rejection } from "../support/rejection.ts";
import { LONG, SHORT } from "../support/timeouts.ts";

/** A source that notes whether it flows. */
class Valve {
  readonly turns: string[] = [];

  pause(): void {
    this.turns.push("pause");
  }

  resume(): void {
    this.turns.push("resume");
  }
}

function fill(inbox: Inbox, count: number): void {
  for (let n = 1; n <= count; n++) inbox.push(`${n}`);
}

describe("Inbox", () => {
  describe("recv", () => {
    it("gives messages out in order, those that wait and those that come", async () => {
      const inbox = new Inbox(new Valve(), 16);
      fill(inbox, 2);
      expect([await inbox.recv(), await inbox.recv()]).to.deep.equal(["1", "2"]);
      const third = inbox.recv();
      inbox.push("3");
      inbox.push("4");
      expect([await third, await inbox.recv()]).to.deep.equal(["3", "4"]);
    });

    it("gives out messages that are empty", async () => {
      const inbox = new Inbox(new Valve(), 16);
      inbox.push("");
      inbox.push(Buffer.alloc(0));
      expect(await inbox.recv()).to.equal("");
      expect(await inbox.recv()).to.deep.equal(Buffer.alloc(0));
    });

    it("rejects a second reader, and the first gets its message", async () => {
      const inbox = new Inbox(new Valve(), 16);
      const first = inbox.recv();
      expect(await rejection(inbox.recv())).to.be.an.instanceOf(ConcurrencyError);
      inbox.push("1");
      expect(await first).to.equal("1");
    });

    it("gives out what came before the end, then rejects again and again", async () => {
      const inbox = new Inbox(new Valve(), 16);
      const error = connectionClosed(1000, "");
      fill(inbox, 2);
      inbox.end(error);
      expect([await inbox.recv(), await inbox.recv()]).to.deep.equal(["1", "2"]);
      expect([await rejection(inbox.recv()), await rejection(inbox.recv())]).to.deep.equal([error, error]);
    });

    it("rejects the reader that waits when the end comes", async () => {
      const inbox = new Inbox(new Valve(), 16);
      const error = connectionClosed(1006, "");
      const pending = inbox.recv();
      inbox.end(error);
      expect(await rejection(pending)).to.equal(error);
    });

    it("takes nothing in after the end", async () => {
      const inbox = new Inbox(new Valve(), 16);
      const error = connectionClosed(1000, "");
      inbox.end(error);
      inbox.push("late");
      expect(await rejection(inbox.recv())).to.equal(error);
    });
  });

  describe("recv with a limit", () => {
    it("rejects with RecvTimeoutError when the time is up, and loses no message", async () => {
      const inbox = new Inbox(new Valve(), 16);
      expect(await rejection(inbox.recv({ timeout: SHORT }))).to.be.an.instanceOf(RecvTimeoutError);
      inbox.push("1");
      expect(await inbox.recv()).to.equal("1");
    });

    it("waits as long as it takes with a timeout that no timer can count", async () => {
      const inbox = new Inbox(new Valve(), 16);
      const pending = inbox.recv({ timeout: Number.POSITIVE_INFINITY });
      await rejection(new Inbox(new Valve(), 16).recv({ timeout: SHORT }));
      inbox.push("1");
      expect(await pending).to.equal("1");
    });

    it("rejects a timeout that is no number from 0", async () => {
      const inbox = new Inbox(new Valve(), 16);
      expect(await rejection(inbox.recv({ timeout: -1 }))).to.be.an.instanceOf(TypeError);
      expect(await rejection(inbox.recv({ timeout: Number.NaN }))).to.be.an.instanceOf(TypeError);
      inbox.push("1");
      expect(await inbox.recv()).to.equal("1");
    });

    it("rejects with the signal's reason when it is aborted, and loses no message", async () => {
      const inbox = new Inbox(new Valve(), 16);
      const controller = new AbortController();
      const pending = inbox.recv({ signal: controller.signal });
      const reason = new Error("Enough");
      controller.abort(reason);
      inbox.push("1");
      expect(await rejection(pending)).to.equal(reason);
      expect(await inbox.recv()).to.equal("1");
    });

    it("takes no message for a signal that is aborted already", async () => {
      const inbox = new Inbox(new Valve(), 16);
      fill(inbox, 1);
      const reason = new Error("Enough");
      expect(await rejection(inbox.recv({ signal: AbortSignal.abort(reason) }))).to.equal(reason);
      expect(await inbox.recv()).to.equal("1");
    });

    it("delivers a message that came before the abort, in the same turn", async () => {
      const inbox = new Inbox(new Valve(), 16);
      const controller = new AbortController();
      const pending = inbox.recv({ signal: controller.signal, timeout: LONG });
      inbox.push("1");
      controller.abort();
      expect(await pending).to.equal("1");
    });

    it("lets an abort end its own wait only, not the next reader's", async () => {
      const inbox = new Inbox(new Valve(), 16);
      const controller = new AbortController();
      const first = inbox.recv({ signal: controller.signal });
      inbox.push("1");
      const second = inbox.recv();
      controller.abort();
      inbox.push("2");
      expect([await first, await second]).to.deep.equal(["1", "2"]);
    });

    it("lets a reader follow at once on one that gave up", async () => {
      const inbox = new Inbox(new Valve(), 16);
      const controller = new AbortController();
      const first = inbox.recv({ signal: controller.signal });
      controller.abort();
      const second = inbox.recv();
      inbox.push("1");
      await rejection(first);
      expect(await second).to.equal("1");
    });

    it("leaves no listener on the signal, whatever ends the wait", async () => {
      const inbox = new Inbox(new Valve(), 16);
      const controller = new AbortController();
      const { signal } = controller;
      let listeners = 0;
      signal.addEventListener = counting(signal.addEventListener, () => (listeners += 1));
      signal.removeEventListener = counting(signal.removeEventListener, () => (listeners -= 1));
      const pending = inbox.recv({ signal });
      inbox.push("1");
      await pending;
      await rejection(inbox.recv({ signal, timeout: SHORT }));
      expect(listeners).to.equal(0);
    });
  });

  describe("its source", () => {
    it("is paused beyond the high-water mark, once", () => {
      const valve = new Valve();
      const inbox = new Inbox(valve, 16);
      fill(inbox, 16);
      expect(valve.turns).to.deep.equal([]);
      fill(inbox, 3);
      expect(valve.turns).to.deep.equal(["pause"]);
      expect(inbox.paused).to.equal(true);
    });

    it("is resumed when half of the mark is left", async () => {
      const valve = new Valve();
      const inbox = new Inbox(valve, 16);
      fill(inbox, 17);
      while (inbox.paused) await inbox.recv();
      expect(valve.turns).to.deep.equal(["pause", "resume"]);
      expect(await inbox.recv()).to.equal("10");
    });

    it("is paused once the messages have more bytes than they may, and resumed at half of it", async () => {
      const valve = new Valve();
      const inbox = new Inbox(valve, 16, 1000);
      for (const message of [Buffer.alloc(500), "x".repeat(500)]) inbox.push(message);
      expect(valve.turns).to.deep.equal([]);
      inbox.push("x");
      expect(valve.turns).to.deep.equal(["pause"]);
      await inbox.recv();
      expect(inbox.paused).to.equal(true);
      await inbox.recv();
      expect(valve.turns).to.deep.equal(["pause", "resume"]);
    });

    it("is paused and resumed with a mark of 1", async () => {
      const valve = new Valve();
      const inbox = new Inbox(valve, 1);
      fill(inbox, 2);
      await inbox.recv();
      await inbox.recv();
      expect(valve.turns).to.deep.equal(["pause", "resume"]);
    });

    it("is resumed at the end, so that the rest of the closing handshake is read", () => {
      const valve = new Valve();
      const inbox = new Inbox(valve, 16);
      fill(inbox, 17);
      inbox.end(connectionClosed(1000, ""));
      expect(valve.turns).to.deep.equal(["pause", "resume"]);
    });
  });

  it("lets go of messages that were taken, even if it is never empty", async () => {
    const inbox = new Inbox(new Valve(), 16);
    inbox.push("behind");
    const taken: WeakRef<Buffer>[] = [];
    for (let n = 0; n < 100; n++) {
      const message = Buffer.alloc(1024);
      taken.push(new WeakRef(message));
      inbox.push(message);
      await inbox.recv();
    }
    await collectGarbage();
    expect(taken.filter((message) => message.deref() !== undefined)).to.have.length.below(20);
    expect(await inbox.recv()).to.be.an.instanceOf(Buffer);
  });
});

/** The same function, which tells of each call. */
function counting<This, Args extends unknown[]>(
  method: (this: This, ...args: Args) => void,
  note: () => void,
) {
  return function counted(this: This, ...args: Args): void {
    note();
    method.apply(this, args);
  };
}
