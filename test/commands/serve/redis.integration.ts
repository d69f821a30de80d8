import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { type ChatClient, joinChat, openChat } from "../../support/chat-client.ts";
import { type RunningCli, start } from "../../support/cli.ts";
import { freePort } from "../../support/redis-server.ts";
import { selfSigned } from "../../support/self-signed.ts";
import { untilTrue } from "../../support/until.ts";
import { useDirectory } from "../../support/use-directory.ts";
import { useRedis } from "../../support/use-redis.ts";

const APP = fileURLToPath(new URL("../../../dist/app.js", import.meta.url));

const KEY = "8f14e45fceea167a5a36dedd4bea2543";

interface Served {
  readonly server: RunningCli;
  readonly url: string;
  readonly wsUrl: string;
}

describe("node dist/app.js --redis", () => {
  const running: RunningCli[] = [];

  afterEach(async () => {
    const ending = running.splice(0);
    for (const { process } of ending) process.kill("SIGKILL");
    await Promise.all(ending.map(({ outcome }) => outcome));
  });

  const startRedis = useRedis();
  const directory = useDirectory();

  function launch(args: readonly string[], env: NodeJS.ProcessEnv = {}): RunningCli {
    const all = [APP, "--port", "0", "--connections", "100", "--log", "off", ...args];
    const server = start(process.execPath, all, {
      cwd: directory(),
      env: { PORT: undefined, HOST: undefined, REDIS_URL: undefined, ...env },
    });
    running.push(server);
    return server;
  }

  /** Starts a server, and waits until Redis is there. */
  async function serve(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Served> {
    const server = launch(args, env);
    const [, url = ""] = await server.said(/^Listening on (\S+)\/( with \d+ workers)?$/m);
    await untilHealth(url, 200);
    return { server, url, wsUrl: url.replace(/^http/, "ws") };
  }

  async function untilHealth(url: string, status: number): Promise<unknown> {
    let response = await fetch(`${url}/healthz`);
    while (response.status !== status) response = await fetch(`${url}/healthz`);
    return response.json();
  }

  it("makes one chat of many servers", async () => {
    const { url } = await startRedis();
    const [one, two] = await Promise.all([serve(["--redis", url]), serve([], { REDIS_URL: url })]);
    const ann = await joinChat(one, "lobby", "ann");
    const bob = await joinChat(two, "lobby", "bob", { key: KEY });
    expect(bob.frames[0]).to.have.property("members").that.has.members(["ann", "bob"]);
    await Promise.all([ann.ack("1", "Hello"), bob.ack("1", "Hello")]);
    await untilTrue(() => ann.messages.length === 2 && bob.messages.length === 2);
    expect(ann.messages).to.deep.equal(bob.messages);
    bob.send('{"type":"typing"}');
    await ann.nextOf("typing");
    const again = await joinChat(one, "lobby", "bob", { key: KEY });
    expect((await bob.closed).code).to.equal(4001);
    expect(again.messages).to.deep.equal(ann.messages);
    expect((await openChat(two, "lobby", "ANN").then((client) => client.frame())).type).to.equal("error");
    const { rooms } = await (await fetch(`${two.url}/chat/rooms.json`)).json();
    expect(rooms).to.have.lengthOf(1);
    expect(rooms[0]).to.include({ room: "lobby", members: 2 });
  });

  it("says that a member left whose server was killed, once, and gives its nick away", async () => {
    const { url } = await startRedis();
    const [one, two] = await Promise.all([serve(["--redis", url]), serve(["--redis", url])]);
    const ann = await joinChat(one, "lobby", "ann");
    await joinChat(two, "lobby", "bob");
    two.server.process.kill("SIGKILL");
    // A process counts as dead when its lease has run out, ten seconds after its last sign of life.
    await ann.nextOf("left");
    await joinChat(one, "lobby", "bob");
    await ann.ack("1", "There you are");
    expect(presence(ann)).to.deep.equal(["joined bob", "left bob", "joined bob"]);
  });

  it("keeps its connections while Redis is away, says so, and goes on by itself", async () => {
    const redis = await startRedis();
    const { server, url, wsUrl } = await serve(["--redis", redis.url]);
    const ann = await joinChat({ wsUrl }, "lobby", "ann");
    const id = await ann.ack("1", "Hello");
    await redis.kill();
    expect(await untilHealth(url, 503)).to.deep.include({ status: "degraded", away: ["redis"] });
    expect(await ann.tell("2", "Are you there?")).to.include({
      type: "error",
      code: "unavailable",
      ref: "2",
    });
    expect((await fetch(`${url}/chat/lobby/messages/`)).status).to.equal(503);
    const bob = await openChat({ wsUrl }, "lobby", "bob");
    expect(await bob.frame()).to.include({ type: "error", code: "unavailable" });
    expect((await bob.closed).code).to.equal(1013);

    await redis.start();
    expect(await untilHealth(url, 200)).to.include({ status: "ok" });
    await ann.ack("2", "Are you there?");
    expect(await ann.ack("1", "Hello")).to.equal(id);
    await joinChat({ wsUrl }, "lobby", "bob");
    await ann.nextOf("joined");
    expect(ann.messages.map(({ text }) => text)).to.deep.equal(["Hello", "Are you there?"]);
    expect(presence(ann)).to.deep.equal(["joined bob"]);
    server.process.kill("SIGTERM");
    const { code, stderr } = await server.outcome;
    expect(code).to.equal(0);
    expect(stderr).to.match(/^Redis is away: .*\nRedis is back\n$/);
  });

  it("starts without it, and is there when it is", async () => {
    const port = await freePort();
    const server = launch(["--redis", `redis://127.0.0.1:${port}`]);
    const [, url = ""] = await server.said(/^Listening on (\S+)\/$/m);
    expect((await fetch(`${url}/healthz`)).status).to.equal(503);
    expect((await fetch(`${url}/test/`)).status).to.equal(200);
    await startRedis("--port", `${port}`);
    await untilHealth(url, 200);
    const ann = await joinChat({ wsUrl: url.replace(/^http/, "ws") }, "lobby", "ann");
    await ann.ack("1", "Hello");
  });

  it("serves with many processes, too", async () => {
    const { url } = await startRedis();
    const many = await serve(["--redis", url, "--workers", "2"]);
    const other = await serve(["--redis", url]);
    const members = await Promise.all(
      ["a", "b", "c", "d"].map((nick) => joinChat(nick === "d" ? other : many, "lobby", nick)),
    );
    for (const member of members) await member.ack("1", "Hello");
    await untilTrue(() => members.every(({ messages }) => messages.length === 4));
    for (const { messages } of members) expect(messages).to.deep.equal(members[0]?.messages);
  });

  it("shares nothing with servers of another prefix", async () => {
    const { url } = await startRedis();
    const [one, two] = await Promise.all([
      serve(["--redis", url]),
      serve(["--redis", url, "--redis-prefix", "other:"]),
    ]);
    const ann = await joinChat(one, "lobby", "ann");
    await ann.ack("1", "Hello");
    const other = await joinChat(two, "lobby", "ann");
    expect(other.messages).to.deep.equal([]);
  });

  it("takes a password, and TLS", async () => {
    const { key, cert } = selfSigned();
    const files = { key: join(directory(), "key.pem"), cert: join(directory(), "cert.pem") };
    await Promise.all([writeFile(files.key, key), writeFile(files.cert, cert)]);
    const port = await freePort();
    await startRedis(
      ...["--tls-port", `${port}`, "--tls-cert-file", files.cert, "--tls-key-file", files.key],
      ...["--tls-ca-cert-file", files.cert, "--tls-auth-clients", "no", "--requirepass", "sesame"],
    );
    const url = `rediss://:sesame@localhost:${port}`;
    const at = await serve(["--redis", url], { NODE_EXTRA_CA_CERTS: files.cert });
    await (await joinChat(at, "lobby", "ann")).ack("1", "Hello");
  });

  for (const url of ["localhost:6379", "http://localhost", "redis", "rediss:"]) {
    it(`refuses ${url}, in one line`, async () => {
      const { code, stderr } = await launch(["--redis", url]).outcome;
      expect(code).to.equal(1);
      expect(stderr).to.match(
        /^error: option '--redis <url>' argument .* is invalid. It must be a URL .*\n$/,
      );
    });
  }

  it("shows its password to nobody who looks at its processes", async () => {
    const { port, url } = await startRedis("--requirepass", "sesame");
    const { server } = await serve(["--workers", "2"], { REDIS_URL: url.replace("//", "//:sesame@") });
    const list = await start("ps", ["-eo", "args"]).outcome;
    expect(list.stdout).to.contain(`--workers=2`);
    expect(list.stdout).to.not.contain(`sesame@127.0.0.1:${port}`);
    server.process.kill("SIGTERM");
    expect((await server.outcome).code).to.equal(0);
  });
});

/** Who came and went, as somebody heard it. */
function presence(client: ChatClient): string[] {
  return client.frames.flatMap((frame) =>
    frame.type === "joined" || frame.type === "left" ? [`${frame.type} ${frame.nick}`] : [],
  );
}
