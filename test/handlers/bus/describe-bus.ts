import { expect } from "chai";
import type { Bus, SubscribeOptions } from "../../../handlers/bus/bus.ts";
import { untilTrue } from "../../support/until.ts";

/** Makes ends of one bus, each of which counts as a process; those that are left are closed after the test. */
export type UseBus = () => { open(): Promise<Bus> };

/** The suite of the bus's contract. */
export function describeBus(name: string, use: UseBus): void {
  describe(`the bus of ${name}`, () => {
    const backend = use();
    let one: Bus;
    let two: Bus;

    beforeEach(async () => {
      one = await backend.open();
      two = await backend.open();
    });

    /** Subscribes; gives what is heard. */
    async function listen(bus: Bus, channel: string, options?: SubscribeOptions): Promise<string[]> {
      const heard: string[] = [];
      await bus.subscribe(channel, { hear: (message) => heard.push(message) }, options).ready;
      return heard;
    }

    /** Waits until all that was published on a channel by now has been heard. */
    async function settle(channel: string, from: Bus, ...heard: string[][]): Promise<void> {
      const marker = `settled ${Math.random()}`;
      from.publish(channel, marker);
      await untilTrue(() => heard.every((messages) => messages.includes(marker)));
      for (const messages of heard) messages.splice(messages.indexOf(marker), 1);
    }

    it("carries a message to all who are subscribed, in whichever process", async () => {
      const three = await backend.open();
      const heard = await Promise.all([listen(two, "tea"), listen(two, "tea"), listen(three, "tea")]);
      one.publish("tea", "hello");
      await settle("tea", one, ...heard);
      expect(heard).to.deep.equal([["hello"], ["hello"], ["hello"]]);
    });

    it("hears nothing of other channels", async () => {
      const heard = await listen(two, "tea");
      one.publish("coffee", "hello");
      one.publish("te", "hello");
      await settle("tea", one, heard);
      expect(heard).to.deep.equal([]);
    });

    it("keeps the order of one publisher, within a turn and over many", async () => {
      const heard = await listen(two, "tea");
      const sent: string[] = [];
      for (let turn = 0; turn < 20; turn++) {
        for (let n = 0; n < 50; n++) {
          sent.push(`${turn} ${n}`);
          one.publish("tea", `${turn} ${n}`);
        }
        if (turn % 3 === 0) await new Promise((resolve) => setImmediate(resolve));
      }
      await settle("tea", one, heard);
      expect(heard).to.deep.equal(sent);
    });

    it("lets no short message overtake a long one", async () => {
      const heard = await listen(two, "tea");
      const sent: string[] = [];
      for (let turn = 0; turn < 30; turn++) {
        const message = `${turn}${".".repeat(turn % 3 === 0 ? 300_000 : 0)}`;
        sent.push(message);
        one.publish("tea", message);
        await new Promise((resolve) => setImmediate(resolve));
      }
      await settle("tea", one, heard);
      expect(heard.map((message) => message.slice(0, 5))).to.deep.equal(
        sent.map((message) => message.slice(0, 5)),
      );
    });

    it("does not hear what it publishes itself, unless asked", async () => {
      const quiet = await listen(one, "tea");
      const echoed = await listen(one, "tea", { echo: true });
      const other = await listen(two, "tea");
      one.publish("tea", "hello");
      await settle("tea", one, other, echoed);
      expect(quiet).to.deep.equal([]);
      expect(echoed).to.deep.equal(["hello"]);
      expect(other).to.deep.equal(["hello"]);
    });

    it("echoes in the order in which it published", async () => {
      const echoed = await listen(one, "tea", { echo: true });
      const sent = Array.from({ length: 100 }, (_, n) => `${n}`);
      for (const message of sent) one.publish("tea", message);
      await settle("tea", one, echoed);
      expect(echoed).to.deep.equal(sent);
    });

    it("never calls a listener while publishing", async () => {
      let publishing = false;
      const heard: string[] = [];
      const { ready } = one.subscribe(
        "tea",
        {
          hear(message) {
            expect(publishing).to.equal(false);
            heard.push(message);
          },
        },
        { echo: true },
      );
      await ready;
      publishing = true;
      one.publish("tea", "hello");
      publishing = false;
      await untilTrue(() => heard.length === 1);
    });

    it("carries any text, on a channel of any name", async () => {
      const texts = ["", " ", "\u0000", "\u{1F600}", "\ud800", '{"a":["b"]}', "\r\n", "x".repeat(1_000_000)];
      const channels = ["a", "a b", "\u{1F600}", "{a}:*?[x]", "x".repeat(200)];
      for (const channel of channels) {
        const heard = await listen(two, channel);
        for (const text of texts) one.publish(channel, text);
        await settle(channel, one, heard);
        expect(heard).to.deep.equal(texts);
      }
    });

    it("keeps nothing for those who come later", async () => {
      one.publish("tea", "hello");
      const first = await listen(two, "tea");
      await settle("tea", one, first);
      const late = await listen(two, "tea");
      one.publish("tea", "again");
      await settle("tea", one, first, late);
      expect(late).to.deep.equal(["again"]);
    });

    it("says nothing to who has ended its subscription, and goes on for the others", async () => {
      const ended: string[] = [];
      const subscription = two.subscribe("tea", { hear: (message) => ended.push(message) });
      await subscription.ready;
      const heard = await listen(two, "tea");
      subscription.end();
      subscription.end();
      one.publish("tea", "hello");
      await settle("tea", one, heard);
      expect(ended).to.deep.equal([]);
      expect(heard).to.deep.equal(["hello"]);
    });

    it("hears again after it had ended", async () => {
      for (let n = 0; n < 5; n++) {
        const heard: string[] = [];
        const subscription = two.subscribe("tea", { hear: (message) => heard.push(message) });
        await subscription.ready;
        one.publish("tea", `${n}`);
        await untilTrue(() => heard.length === 1);
        subscription.end();
      }
    });

    it("lets a listener end its subscription, and begin another one, while it hears", async () => {
      const heard: string[] = [];
      const subscription = two.subscribe("tea", {
        hear(message) {
          heard.push(message);
          subscription.end();
          two.subscribe("tea", { hear: (again) => heard.push(`then ${again}`) });
        },
      });
      await subscription.ready;
      one.publish("tea", "one");
      await untilTrue(() => heard.length === 1);
      const settled = await listen(two, "tea");
      one.publish("tea", "two");
      await settle("tea", one, settled);
      expect(heard.slice(0, 2)).to.deep.equal(["one", "then two"]);
    });

    it("says nothing more to who ends its subscription while it hears, though more came with it", async () => {
      for (const [from, echo] of [
        [one, false],
        [two, true],
      ] as const) {
        const heard: string[] = [];
        const first = two.subscribe("tea", { hear: (message) => leave(`first ${message}`) }, { echo });
        const second = two.subscribe("tea", { hear: (message) => leave(`second ${message}`) }, { echo });
        function leave(message: string): void {
          heard.push(message);
          first.end();
          second.end();
        }
        const settled = await listen(two, "tea", { echo });
        for (const message of ["1", "2", "3"]) from.publish("tea", message);
        await settle("tea", from, settled);
        expect(heard).to.deep.equal(["first 1"]);
        expect(settled).to.deep.equal(["1", "2", "3"]);
      }
    });

    it("says nothing more to who closes the bus while it hears", async () => {
      const heard: string[] = [];
      const { ready } = two.subscribe("tea", {
        hear(message) {
          heard.push(message);
          void two.close();
        },
      });
      await ready;
      const three = await backend.open();
      const settled = await listen(three, "tea");
      for (const message of ["1", "2", "3"]) one.publish("tea", message);
      await settle("tea", one, settled);
      await untilTrue(() => heard.length > 0);
      await two.close();
      expect(heard).to.deep.equal(["1"]);
    });

    it("sends what was published before it is closed, and nothing after", async () => {
      const heard = await listen(two, "tea");
      one.publish("tea", "last");
      await Promise.all([one.close(), one.close()]);
      one.publish("tea", "too late");
      expect(one.available).to.equal(false);
      const three = await backend.open();
      await settle("tea", three, heard);
      expect(heard).to.deep.equal(["last"]);
    });

    it("hears nothing once it is closed", async () => {
      const heard = await listen(one, "tea");
      const other = await listen(two, "tea", { echo: true });
      await one.close();
      one.subscribe("tea", { hear: () => expect.fail() }).end();
      two.publish("tea", "hello");
      await settle("tea", two, other);
      expect(heard).to.deep.equal([]);
    });

    it("is available", () => {
      expect(one.available).to.equal(true);
      one.onAvailability(() => expect.fail())();
    });
  });
}
