import { EventEmitter } from "node:events";
import { setImmediate as nextTurn } from "node:timers/promises";
import { expect } from "chai";
import { hookOf } from "../../../middleware/hook.ts";
import { websocket } from "../../../middleware/index.ts";
import { resolveOptions } from "../../../middleware/options.ts";
import { deferred } from "../../support/deferred.ts";
import { usePage } from "../../support/docs/use-page.ts";
import { readSource } from "../../support/imports.ts";
import { quietApp } from "../../support/quiet-app.ts";
import { frame, TEXT } from "../../support/raw-frames.ts";
import { untilTrue } from "../../support/until.ts";
import { useNetwork } from "../../support/use-network.ts";

/** More than any kernel buffers of a connection hold, in rows of {@link ROW}. */
const ROWS = 300;

/** One row, of 64 KiB. */
const ROW = "x".repeat(64 * 1024);

describe("docs/guide/backpressure.md", () => {
  const network = useNetwork();
  const page = usePage("docs/guide/backpressure.md", {
    names: {
      prices: 'import("node:events").EventEmitter',
      rows: "() => AsyncIterable<string>",
      store: '(line: import("express-c10k").Message) => Promise<void>',
    },
  });
  const upload = page.block("A slow handler");
  const download = page.block("A slow peer");
  const ticker = page.block("Without `await`");

  it("holds back the peer of a slow handler, and loses nothing", async () => {
    const [app, gate] = [quietApp(), deferred()];
    const stored: unknown[] = [];
    await upload.run({
      app,
      websocket,
      async store(line: string) {
        await gate.promise;
        stored.push(line);
      },
    });
    const { port, server } = await network.serve(app);
    const raw = await network.shake(port, "/upload");
    const lines = Array.from({ length: ROWS }, (_, i) => `${i} ${ROW}`);
    for (const line of lines) raw.write(frame(TEXT, line));
    await untilTrue(() => [...(hookOf(server)?.transports ?? [])].some(({ isPaused }) => isPaused));
    await standsStill(() => raw.socket.writableLength);
    expect(raw.socket.writableLength).to.be.above(0);
    gate.resolve();
    await untilTrue(() => stored.length === ROWS);
    expect(stored).to.deep.equal(lines);
  });

  it("also holds it back once more waits than one message may have", async () => {
    const { ws, peer } = await network.rawPair({ maxPayload: 1000 });
    peer.write(frame(TEXT, "x".repeat(1000)), frame(TEXT, "x"));
    await untilTrue(() => ws.raw.isPaused);
  });

  /** A view that exports rows, and a peer that does not read; tells how many were asked for, and whether they were ended. */
  async function exportRows() {
    const [app, ended] = [quietApp(), deferred()];
    const asked = { count: 0 };
    async function* rows() {
      try {
        for (; asked.count < ROWS; asked.count++) yield ROW;
      } finally {
        ended.resolve();
      }
    }
    await download.run({ app, websocket, rows });
    const client = await network.open(`${(await network.serve(app)).wsUrl}/export`);
    client.ws.pause();
    return { client, asked, ended: ended.promise };
  }

  it("asks for no more rows than a slow peer takes", async () => {
    const { client, asked } = await exportRows();
    await standsStill(() => asked.count);
    expect(asked.count).to.be.below(ROWS);
    client.ws.resume();
    expect(await client.take(ROWS)).to.deep.equal(Array(ROWS).fill(ROW));
  });

  it("ends the rows when the peer goes meanwhile", async () => {
    const { client, asked, ended } = await exportRows();
    await standsStill(() => asked.count);
    client.ws.terminate();
    await ended;
    expect(asked.count).to.be.below(ROWS);
  });

  it("leaves out what a slow peer would get too late", async () => {
    const [app, prices] = [quietApp(), new EventEmitter()];
    await ticker.run({ app, websocket, prices });
    const { wsUrl, server } = await network.serve(app);
    const client = await network.open(`${wsUrl}/prices`);
    await untilTrue(() => prices.listenerCount("price") === 1);
    client.ws.pause();
    for (let i = 0; i < ROWS; i++) {
      prices.emit("price", ROW);
      await nextTurn();
    }
    client.ws.resume();
    await untilTrue(() =>
      [...(hookOf(server)?.transports ?? [])].every(({ outbox }) => outbox.bufferedAmount === 0),
    );
    prices.emit("price", "last");
    let told = 0;
    while ((await client.next()) !== "last") told += 1;
    expect(told).to.be.within(1, ROWS - 1);
    client.ws.close();
    await untilTrue(() => prices.listenerCount("price") === 0);
  });

  it("closes with 1013 what is sent without await and without end", async () => {
    const { ws, peer } = await network.pair();
    peer.ws.pause();
    while (!ws.signal.aborted) ws.send(ROW);
    peer.ws.resume();
    expect((await peer.closed).code).to.equal(1013);
  });

  /** Waits until a number has been the same for many turns of the event loop. */
  async function standsStill(number: () => number): Promise<void> {
    let last = number();
    for (let turns = 0; turns < 100; turns++) {
      await nextTurn();
      if (number() !== last) turns = 0;
      last = number();
    }
  }

  it("states the defaults", () => {
    const { recvHighWaterMark, sendHighWaterMark, maxBufferedAmount } = resolveOptions();
    const text = readSource("docs/guide/backpressure.md");
    expect(text).to.contain(`\`recvHighWaterMark\` (${recvHighWaterMark})`);
    expect(text).to.contain(`\`sendHighWaterMark\` (${sendHighWaterMark / 1024} KiB)`);
    expect(text).to.contain(`\`maxBufferedAmount\` (${maxBufferedAmount / 1024 ** 2} MiB)`);
  });
});
