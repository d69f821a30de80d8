import { createServer } from "node:http";
import { setImmediate as nextTurn } from "node:timers/promises";
import { expect } from "chai";
import { Hook, hookOf, setHook } from "../../middleware/hook.ts";
import { LONG } from "../support/timeouts.ts";
import { TimerWatch } from "../support/timer-watch.ts";
import { untilTrue } from "../support/until.ts";
import { useNetwork } from "../support/use-network.ts";

describe("hookOf", () => {
  it("gives the hook of a server, and undefined where there is none", () => {
    const [hooked, other] = [createServer(), createServer()];
    const hook = new Hook();
    setHook(hooked, hook);
    expect(hookOf(hooked)).to.equal(hook);
    expect(hookOf(other)).to.equal(undefined);
  });

  it("finds the hook that another copy of the library has set", () => {
    const server = createServer();
    setHook(server, new Hook());
    expect(Reflect.get(server, Symbol.for("express-c10k.hook"))).to.equal(hookOf(server));
  });
});

describe("Hook", () => {
  const network = useNetwork();

  it("knows a connection until its socket is gone", async () => {
    const { server, ws } = await network.rawPair();
    const hook = hookOf(server.server);
    expect([...(hook?.transports ?? [])]).to.deep.equal([ws.raw]);
    ws.raw.terminate();
    await ws.closed;
    expect(hook?.transports.size).to.equal(0);
  });

  it("resolves handlersEnded at once where none runs, and to all who wait when the last has ended", async () => {
    const hook = new Hook();
    await hook.handlersEnded();
    hook.handlerStarted();
    hook.handlerStarted();
    const waiting = Promise.all([hook.handlersEnded(), hook.handlersEnded()]);
    hook.handlerEnded();
    expect(await Promise.race([waiting, "waiting"])).to.equal("waiting");
    hook.handlerEnded();
    await waiting;
  });

  it("keeps all connections of one pace alive with one timer", async () => {
    const options = { pingInterval: LONG, pingTimeout: LONG };
    const { port } = await network.serveView((ws) => ws.closed, options);
    await nextTurn();
    const watch = new TimerWatch();
    await network.shake(port);
    const one = watch.count;
    for (let n = 0; n < 5; n++) await network.shake(port);
    // What else has a timer for a moment, as the server for a request, has none soon.
    await untilTrue(() => watch.count <= one);
    watch.stop();
  });
});
