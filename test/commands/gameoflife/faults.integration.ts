import { expect } from "chai";
import { randomStates } from "../../../commands/gameoflife/random.ts";
import { check } from "../../chaos/life/check.ts";
import { Observer } from "../../chaos/life/observer.ts";
import { ServerVictim } from "../../chaos/victims/server-victim.ts";
import { childrenOf } from "../../support/children-of.ts";
import { type RunningCli, runCli, startCli } from "../../support/cli.ts";
import { resetGame } from "../../support/life-clients.ts";
import { generations, toGrid } from "../../support/reference-life.ts";
import { startServer, type TestServer } from "../../support/server.ts";
import { TIMEOUT } from "../../support/timeouts.ts";
import { untilTrue } from "../../support/until.ts";
import { useRedis } from "../../support/use-redis.ts";
import { useTcpProxy } from "../../support/use-tcp-proxy.ts";

const SIZE = 9;
const SEED = 7;
const STEPS = 60;

/** A game that takes some seconds. */
const GAME = ["--random", `${SEED}`, "--steps", `${STEPS}`, "--speed", "40"];

const WELL = { code: 0, stdout: "", stderr: "" };

/** What a suite's tests share: the servers, the watchers and the games, which are gone after each test. */
function useGames() {
  const ends: (() => unknown)[] = [];

  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });

  async function serve(...args: string[]): Promise<ServerVictim> {
    const server = await ServerVictim.start(...args);
    ends.push(() => server.end());
    return server;
  }

  /** Watches a game on a server, whatever becomes of it. */
  function watch({ url }: ServerVictim): Observer {
    const observer = new Observer(url, SIZE);
    ends.push(() => observer.close());
    return observer;
  }

  function start(servers: readonly Pick<ServerVictim, "url">[], ...args: string[]): RunningCli {
    const urls = servers.flatMap(({ url }) => ["--url", url]);
    const game = startCli(["gameoflife", ...args, ...urls], { timeout: 3 * TIMEOUT });
    ends.push(() => game.process.kill("SIGKILL") && game.outcome);
    return game;
  }

  /** Waits until watchers have seen the end, and expects all that they saw to be right. */
  async function expectRight(...observers: readonly Observer[]): Promise<void> {
    const sightings = observers.map((observer) => observer.sightings);
    await untilTrue(() => sightings.every(({ step }) => step === STEPS));
    const reference = generations(toGrid(randomStates(SIZE, SEED), SIZE), STEPS, true);
    expect(check({ reference, sightings, client: WELL })).to.deep.equal([]);
  }

  return { serve, watch, start, expectRight };
}

describe("gameoflife, with faults", function () {
  this.timeout(4 * TIMEOUT);
  const startProxy = useTcpProxy();
  const { serve, watch, start, expectRight } = useGames();

  it("goes on when its only server was killed, which has forgotten all", async () => {
    const server = await serve();
    const observer = watch(server);
    const game = start([server], "--size", `${SIZE}`, ...GAME);
    for (const step of [10, 30]) {
      await untilTrue(() => observer.sightings.step >= step);
      await server.kill();
      await server.start();
    }
    expect(await game.outcome).to.deep.equal(WELL);
    await expectRight(observer);
  });

  it("goes on from where it stood when its process was killed, and another one resumes it", async () => {
    const server = await serve();
    const observer = watch(server);
    const game = start([server], "--size", `${SIZE}`, ...GAME);
    await untilTrue(() => observer.sightings.step >= 10);
    game.process.kill("SIGKILL");
    await game.outcome;
    const other = start([server], "--resume", "--steps", `${STEPS}`, "--speed", "40");
    expect(await other.outcome).to.deep.equal(WELL);
    await expectRight(observer);
  });

  it("goes on in two processes when both were killed, and another two resume it", async () => {
    const server = await serve();
    const observer = watch(server);
    const game = start([server], "--size", `${SIZE}`, ...GAME, "--processes", "2");
    await untilTrue(() => observer.sightings.step >= 10);
    const children = childrenOf(game.process.pid);
    for (const pid of [game.process.pid ?? 0, ...children]) process.kill(pid, "SIGKILL");
    await game.outcome;
    const args = ["--processes", "2", "--steps", `${STEPS}`, "--speed", "40"];
    expect(await start([server], "--resume", ...args).outcome).to.deep.equal(WELL);
    await expectRight(observer);
  });

  it("keeps to its own cells when its only server was killed, with somebody there to take them over", async () => {
    const server = await serve();
    const observer = watch(server);
    const game = start([server], "--size", `${SIZE}`, ...GAME, "--speed", "10");
    await untilTrue(() => observer.sightings.step >= 1);
    const proxy = await startProxy(server.port);
    const url = `ws://127.0.0.1:${proxy.port}`;
    const other = start([{ url }], "--resume", "--steps", `${STEPS}`);
    // It has found the server, then the game, and has looked at least once since.
    await untilTrue(() => proxy.accepted > 3);
    await server.kill();
    await server.start();
    expect(await Promise.all([game.outcome, other.outcome])).to.deep.equal([WELL, WELL]);
    await expectRight(observer);
  });

  it("ends quietly at Ctrl-C, which all of its processes receive", async () => {
    const server = await serve();
    const observer = watch(server);
    const args = ["gameoflife", "--size", `${SIZE}`, ...GAME, "--processes", "3", "--url", server.url];
    const game = startCli(args, { detached: true });
    await untilTrue(() => observer.sightings.step >= 2);
    process.kill(-(game.process.pid ?? 0), "SIGINT");
    expect(await game.outcome).to.deep.equal({ code: 130, stdout: "", stderr: "" });
  });

  it("has another process take the cells over of one that was killed", async () => {
    const server = await serve();
    const observer = watch(server);
    const game = start([server], "--size", `${SIZE}`, ...GAME, "--processes", "2");
    await untilTrue(() => observer.sightings.step >= 10);
    const [victim = 0] = childrenOf(game.process.pid);
    process.kill(victim, "SIGKILL");
    const { code, stdout, stderr } = await game.outcome;
    expect({ code, stdout }).to.deep.equal({ code: 0, stdout: "" });
    expect(stderr).to.equal("A process ended early (SIGKILL): another takes its 40 cells over\n");
    await expectRight(observer);
  });

  it("breaks off when there has been no server for as long as it was told to wait", async () => {
    const server = await serve();
    const observer = watch(server);
    const game = start([server], "--size", `${SIZE}`, ...GAME, "--patience", "0.5");
    await untilTrue(() => observer.sightings.step >= 2);
    await server.kill();
    const { code, stderr } = await game.outcome;
    expect(code).to.equal(1);
    expect(stderr).to.match(/^The game broke off at step \d+: (ECONNREFUSED|connection lost)\n$/);
  });

  it("ends in all processes when another game is started", async () => {
    const server = await serve();
    const observer = watch(server);
    const game = start([server], "--size", `${SIZE}`, ...GAME, "--processes", "2");
    await untilTrue(() => observer.sightings.step >= 2);
    const other = start([server], "--size", "2", "--steps", "1", "--speed", "100");
    expect(await other.outcome).to.deep.equal(WELL);
    const { code, stderr } = await game.outcome;
    expect(code).to.equal(1);
    expect(stderr).to.match(
      /^The game broke off[^\n]*: closed by the server with 4000 \(A new game was started\)\n$/,
    );
  });
});

describe("gameoflife, with faults of servers that share a Redis", function () {
  this.timeout(4 * TIMEOUT);
  const startRedis = useRedis();
  const { serve, watch, start, expectRight } = useGames();

  it("moves to the server that is left", async () => {
    const { url } = await startRedis();
    const servers = [await serve("--redis", url), await serve("--redis", url)] as const;
    const observer = watch(servers[0]);
    const game = start(servers, "--size", `${SIZE}`, ...GAME);
    await untilTrue(() => observer.sightings.step >= 10);
    await servers[1].end();
    expect(await game.outcome).to.deep.equal(WELL);
    await expectRight(observer);
  });

  it("stands still while Redis is away, and goes on when it is back", async () => {
    const redis = await startRedis();
    const servers = [await serve("--redis", redis.url), await serve("--redis", redis.url)] as const;
    const [observer, other] = [watch(servers[0]), watch(servers[1])];
    const game = start(servers, "--size", `${SIZE}`, ...GAME);
    await untilTrue(() => observer.sightings.step >= 10);
    await redis.kill();
    await redis.start();
    expect(await game.outcome).to.deep.equal(WELL);
    await expectRight(observer, other);
  });

  it("plays without a server that is not there yet, and says so", async () => {
    const { url } = await startRedis();
    const server = await serve("--redis", url);
    const game = start(
      [server],
      "--size",
      "3",
      "--steps",
      "2",
      "--speed",
      "100",
      "--url",
      "ws://127.0.0.1:9",
    );
    const { code, stderr } = await game.outcome;
    expect(code).to.equal(0);
    expect(stderr).to.equal(
      'No server at ws://127.0.0.1:9: start one with "npm start": the game is played without it until then\n',
    );
  });
});

describe("gameoflife, told what cannot be", () => {
  let server: TestServer;

  beforeEach(async () => {
    server = await startServer();
  });

  afterEach(() => server.close());

  async function refusal(...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await runCli(["gameoflife", "--url", server.wsUrl, ...args]);
    expect({ code, stdout }).to.deep.equal({ code: 1, stdout: "" });
    return stderr;
  }

  it("says that there is no game to go on with", async () => {
    expect(await refusal("--resume")).to.equal(
      "There is no game to go on with: start one without --resume\n",
    );
  });

  it("says that there is none of that name", async () => {
    await resetGame(server, 3);
    expect(await refusal("--resume", "--game", "other")).to.match(/^There is no game to go on with: /);
  });

  it("says of which size the game is", async () => {
    await resetGame(server, 3);
    expect(await refusal("--resume", "--size", "4")).to.equal(
      "The game that is on is of size 3: leave --size 4 out\n",
    );
  });

  it("says that nobody knows how far the cells have come", async () => {
    await resetGame(server, 3);
    expect(await refusal("--resume", "--patience", "0.1")).to.equal(
      "Cells have nobody who lives them, and no server knows how far they have come: say with --pattern or --random how the game began\n",
    );
  });

  it("says that a server does not say how its game stands", async () => {
    const { code, stderr } = await runCli(["gameoflife", "--resume", "--url", `${server.wsUrl}/nowhere`]);
    expect(code).to.equal(1);
    expect(stderr).to.equal("No server says how the game stands: HTTP 404\n");
  });

  it("says that servers do not share a game", async () => {
    const other = await startServer();
    const args = ["--size", "2", "--steps", "1", "--speed", "100", "--url", other.wsUrl];
    const line = await refusal(...args);
    await other.close();
    expect(line).to.equal(
      `${other.wsUrl} does not share this game: start its servers with the same --redis\n`,
    );
  });

  it("takes a server for one that is given twice", async () => {
    const args = ["--size", "2", "--steps", "1", "--speed", "100", "--json", "--url", server.wsUrl];
    const { code, stdout } = await runCli(["gameoflife", ...args, "--url", `${server.wsUrl}/`]);
    expect(code).to.equal(0);
    expect(JSON.parse(stdout).url).to.deep.equal([server.wsUrl]);
  });

  it("has no more processes than cells", async () => {
    expect(await refusal("--size", "2", "--processes", "5")).to.equal(
      "5 processes are more than 4 cells need: use --processes 4 or fewer\n",
    );
  });
});
