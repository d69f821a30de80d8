import { expect } from "chai";
import fc from "fast-check";
import {
  broadcast,
  type Connection,
  ConnectionClosed,
  type Message,
  RecvTimeoutError,
  websocket,
} from "../../../middleware/index.ts";
import { connect } from "../../../middleware/testing.ts";
import { deferred } from "../../support/deferred.ts";
import { quietApp } from "../../support/quiet-app.ts";
import { rejection } from "../../support/rejection.ts";
import { listen, type TestServer } from "../../support/server.ts";
import { type Property, untilFailure } from "../property.ts";
import { BOUND } from "../target.ts";

type Side = "client" | "handler";

/** What is true of one side, whatever the network does. */
interface SideModel {
  /** What the other side has sent and this one has not received, in order. */
  coming: Message[];
  /** Whether this side has called `close()`: what had not come in by then is lost. */
  hasClosed: boolean;
}

type Model = Record<Side, SideModel>;

interface Real {
  readonly connections: Record<Side, Connection>;
  /** A `recv()` that waits, with nothing to receive yet. */
  readonly waiting: Partial<Record<Side, Promise<unknown>>>;
  /** Every promise that has to settle in the end, one way or the other. */
  readonly promises: Promise<unknown>[];
}

type Command = fc.AsyncCommand<Model, Real>;

type Means = "send" | "raw" | "broadcast";

function other(side: Side): Side {
  return side === "client" ? "handler" : "client";
}

function isOpen(model: Readonly<Model>): boolean {
  return !model.client.hasClosed && !model.handler.hasClosed;
}

/** Sends a message; a `recv()` that waits on the other side gets it. */
class Send implements Command {
  readonly #side: Side;
  readonly #means: Means;
  readonly #message: Message;

  constructor(side: Side, means: Means, message: Message) {
    this.#side = side;
    this.#means = means;
    this.#message = message;
  }

  check(model: Readonly<Model>): boolean {
    return isOpen(model);
  }

  async run(model: Model, { connections, waiting, promises }: Real): Promise<void> {
    const ws = connections[this.#side];
    const to = other(this.#side);
    if (this.#means === "send") promises.push(ws.send(this.#message));
    else if (this.#means === "raw") ws.raw.send(this.#message, { binary: typeof this.#message !== "string" });
    else broadcast([ws], this.#message);
    model[to].coming.push(this.#message);
    if (!waiting[to]) return;
    const message = await waiting[to];
    delete waiting[to];
    expect(message).to.deep.equal(model[to].coming.shift());
  }

  toString(): string {
    return `${this.#side}.${this.#means}(${fc.stringify(this.#message)})`;
  }
}

/** Receives what comes next; where nothing does, begins to wait for it. */
class Recv implements Command {
  readonly #side: Side;

  constructor(side: Side) {
    this.#side = side;
  }

  check(model: Readonly<Model>): boolean {
    return isOpen(model);
  }

  async run(model: Model, { connections, waiting, promises }: Real): Promise<void> {
    if (waiting[this.#side]) return;
    const message = connections[this.#side].recv();
    if (model[this.#side].coming.length > 0) {
      expect(await message).to.deep.equal(model[this.#side].coming.shift());
    } else {
      waiting[this.#side] = message;
      promises.push(message);
    }
  }

  toString(): string {
    return `${this.#side}.recv()`;
  }
}

/** Waits for what does not come, and gives up: no later message is lost. */
class RecvInVain implements Command {
  readonly #side: Side;

  constructor(side: Side) {
    this.#side = side;
  }

  check(model: Readonly<Model>): boolean {
    return isOpen(model) && model[this.#side].coming.length === 0;
  }

  async run(_model: Model, { connections, waiting }: Real): Promise<void> {
    if (waiting[this.#side]) return;
    const error = await rejection(connections[this.#side].recv({ timeout: 0 }));
    expect(error).to.be.an.instanceOf(RecvTimeoutError);
  }

  toString(): string {
    return `${this.#side}.recv({ timeout: 0 })`;
  }
}

class Ping implements Command {
  readonly #side: Side;

  constructor(side: Side) {
    this.#side = side;
  }

  check(model: Readonly<Model>): boolean {
    return isOpen(model);
  }

  /** The pong is not waited for: a side that is held back does not read it. */
  async run(_model: Model, { connections, promises }: Real): Promise<void> {
    promises.push(connections[this.#side].ping());
  }

  toString(): string {
    return `${this.#side}.ping()`;
  }
}

class Close implements Command {
  readonly #side: Side;

  constructor(side: Side) {
    this.#side = side;
  }

  check(model: Readonly<Model>): boolean {
    return !model[this.#side].hasClosed;
  }

  async run(model: Model, { connections, promises }: Real): Promise<void> {
    promises.push(connections[this.#side].close(1000));
    model[this.#side].hasClosed = true;
  }

  toString(): string {
    return `${this.#side}.close()`;
  }
}

const sides = fc.constantFrom<Side>("client", "handler");

const message = fc.oneof(
  fc.string({ unit: "binary", maxLength: 10 }),
  fc.uint8Array({ maxLength: 10 }).map((bytes) => Buffer.from(bytes)),
  // More than `send` lets wait: its promise is one to wait for.
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 300_000 }).map((size) => Buffer.alloc(size, 7)) },
);

const commands = [
  fc
    .tuple(sides, fc.constantFrom<Means>("send", "send", "raw", "broadcast"), message)
    .map(([side, means, message]) => new Send(side, means, message)),
  sides.map((side) => new Recv(side)),
  sides.map((side) => new RecvInVain(side)),
  sides.map((side) => new Ping(side)),
  sides.map((side) => new Close(side)),
];

/** Whatever two sides do, nothing is lost, repeated or out of order before the close, and every promise settles. */
export const model: Property = {
  name: "model",
  inputs: 4_000,
  hasPath: false,
  async run({ seed, inputs, onTried }) {
    const arrivals = new Map<string, (ws: Connection) => void>();
    const app = quietApp().get(
      "/:key",
      websocket((ws, req) => {
        arrivals.get(req.params.key ?? "")?.(ws);
        return ws.closed;
      }),
    );
    const server = await listen(app);
    let lastKey = 0;
    const holds = fc.asyncProperty(
      fc.commands(commands, { maxCommands: 60, size: "max" }),
      async (commands) => {
        lastKey += 1;
        onTried(1);
        const connections = await meet(server, `k${lastKey}`, arrivals);
        const real: Real = { connections, waiting: {}, promises: [] };
        const model: Model = {
          client: { coming: [], hasClosed: false },
          handler: { coming: [], hasClosed: false },
        };
        await fc.asyncModelRun(() => ({ model, real }), commands);
        await finish(model, real);
      },
    );
    const report = await untilFailure({ seed, inputs, size: 1 }, holds);
    await server.close();
    return report;
  },
};

async function meet(
  { wsUrl }: TestServer,
  key: string,
  arrivals: Map<string, (ws: Connection) => void>,
): Promise<Real["connections"]> {
  const arrival = deferred<Connection>();
  arrivals.set(key, arrival.resolve);
  const client = await connect(wsUrl, `/${key}`);
  const handler = await arrival.promise;
  arrivals.delete(key);
  return { client, handler };
}

/** The client closes, if nobody has; then each side receives what was sent to it. */
async function finish(model: Model, { connections, waiting, promises }: Real): Promise<void> {
  if (isOpen(model)) {
    promises.push(connections.client.close());
    model.client.hasClosed = true;
  }
  const rests = await settled(
    Promise.all([waiting.client?.catch(() => {}), waiting.handler?.catch(() => {})]).then(() =>
      Promise.all([drain(connections.client), drain(connections.handler)]),
    ),
  );
  const [client = [], handler = []] = rests;
  checkRest(model.client, client);
  checkRest(model.handler, handler);
  await settled(Promise.allSettled([...promises, connections.client.closed, connections.handler.closed]));
}

async function drain(ws: Connection): Promise<Message[]> {
  const messages: Message[] = [];
  for (;;) {
    try {
      messages.push(await ws.recv());
    } catch (error) {
      expect(error).to.be.an.instanceOf(ConnectionClosed);
      return messages;
    }
  }
}

/** All of it, where this side has not closed; else what had come in by then. */
function checkRest({ coming, hasClosed }: SideModel, rest: readonly Message[]): void {
  expect(rest).to.deep.equal(hasClosed ? coming.slice(0, rest.length) : coming);
}

/** Rejects if it takes too long. */
async function settled<T>(promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const hang = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error("A hang: a promise has not settled")), BOUND);
  });
  try {
    return await Promise.race([promise, hang]);
  } finally {
    clearTimeout(timer);
  }
}
