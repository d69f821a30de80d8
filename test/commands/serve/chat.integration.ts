import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { type ChatClient, joinChat, openChat } from "../../support/chat-client.ts";
import { childrenOf } from "../../support/children-of.ts";
import { type RunningCli, start } from "../../support/cli.ts";
import { openRecording, settle } from "../../support/recording-client.ts";
import { untilTrue } from "../../support/until.ts";
import { useDirectory } from "../../support/use-directory.ts";

const APP = fileURLToPath(new URL("../../../dist/app.js", import.meta.url));

describe("the chat of node dist/app.js", () => {
  const running: RunningCli[] = [];

  afterEach(async () => {
    const ending = running.splice(0);
    for (const { process } of ending) process.kill("SIGKILL");
    await Promise.all(ending.map(({ outcome }) => outcome));
  });

  const directory = useDirectory();

  it("is kept where --data says, and is there again after a restart", async () => {
    const data = join(directory(), "kept");
    const one = await serve("--data", data);
    const ann = await joinChat(one, "lobby", "ann");
    const id = await ann.ack("1", "Hello");
    one.server.process.kill("SIGTERM");
    expect((await ann.closed).code).to.equal(1001);
    expect(await one.server.outcome).to.include({ code: 0, stderr: "" });
    expect(await readdir(data)).to.include("chat.db");

    const two = await serve("--data", data);
    const again = await joinChat(two, "lobby", "ann");
    expect(again.messages.map((message) => message.id)).to.deep.equal([id]);
  });

  it("has after SIGKILL all that it acknowledged, and takes what is sent again for the same", async () => {
    const one = await serve("--data", directory());
    const ann = await joinChat(one, "lobby", "ann");
    for (let n = 0; n < 10; n++) ann.say(`${n}`, "Hello");
    const acks = [await ann.nextOf("ack"), await ann.nextOf("ack"), await ann.nextOf("ack")];
    one.server.process.kill("SIGKILL");
    await one.server.outcome;

    const two = await serve("--data", directory());
    const again = await joinChat(two, "lobby", "ann");
    for (const { ref, id } of acks) expect(again.messages).to.deep.include({ ...said(again, ref), id });
    for (let n = 0; n < 10; n++) await again.ack(`${n}`, "Hello");
    await settle(again);
    const refs = new Set(again.messages.map(({ ref }) => ref));
    expect(again.messages).to.have.length(10);
    expect(refs.size).to.equal(10);
  });

  it("leaves nothing behind where nobody chats, though they look at its page", async () => {
    const { server, url, wsUrl } = await serve("--data", "data");
    expect((await fetch(`${url}/chat/`)).status).to.equal(200);
    await openRecording(`${wsUrl}/test/ws/`);
    server.process.kill("SIGTERM");
    expect(await server.outcome).to.include({ code: 0, stderr: "" });
    expect(await readdir(directory())).to.deep.equal([]);
  });

  it("is in the folder data where nothing is said", async () => {
    const server = await serve();
    await (await joinChat(server, "lobby", "ann")).ack("1", "Hello");
    expect(await readdir(directory())).to.deep.equal(["data"]);
  });

  it("says once on the terminal why it cannot be kept, and serves the rest", async () => {
    const file = join(directory(), "file");
    await writeFile(file, "not a directory");
    const { server, url, wsUrl } = await serve("--data", file);
    for (let n = 0; n < 3; n++) {
      const ann = await openChat({ wsUrl }, "lobby", "ann");
      expect(await ann.nextOf("error")).to.include({ code: "unavailable" });
      expect((await ann.closed).code).to.equal(1013);
    }
    expect((await fetch(`${url}/chat/rooms.json`)).status).to.equal(503);
    expect((await fetch(url)).status).to.equal(200);
    server.process.kill("SIGTERM");
    const { code, stderr } = await server.outcome;
    expect(code).to.equal(0);
    expect(stderr.trimEnd().split("\n")).to.have.length(1);
    expect(stderr).to.contain(file);
  });

  it("logs no key", async () => {
    const { server, wsUrl } = await serve("--log", "tiny");
    await joinChat({ wsUrl }, "lobby", "ann", { key: "secret", since: "7" });
    const [line] = await server.said(/^GET \/chat\/lobby\/.*$/m);
    expect(line).to.match(/^GET \/chat\/lobby\/ws\/\?nick=ann&key=-&since=7 101 /);
  });

  it("is one chat on many processes, and goes on when one of them is killed", async () => {
    const server = launch("--workers", "2");
    const [, url = ""] = await server.said(/^Listening on (\S+)\/ with 2 workers$/m);
    const at = { wsUrl: url.replace(/^http/, "ws") };
    const members = await Promise.all(["a", "b", "c", "d"].map((nick) => joinChat(at, "lobby", nick)));
    for (const member of members) await member.ack("1", "Hello");
    await untilTrue(() => members.every(({ messages }) => messages.length === 4));
    for (const { messages } of members) expect(messages).to.deep.equal(members[0]?.messages);
    expect((await openChat(at, "lobby", "A").then((client) => client.frame())).type).to.equal("error");

    const [pid = 0] = childrenOf(server.process.pid);
    process.kill(pid, "SIGKILL");
    // Whoever was on the other process hears once of each who was on that one.
    await untilTrue(() => !members.every(isOpen) && members.filter(isOpen).every(hasHeardOfTheOthers));
    const again = await joinChat(at, "lobby", "late");
    const last = await again.ack("1", "Where is everybody?");
    await untilTrue(() => members.filter(isOpen).every(({ messages }) => messages.at(-1)?.id === last));

    function hasHeardOfTheOthers({ frames }: ChatClient): boolean {
      return (
        frames.filter(({ type }) => type === "left").length === members.filter((one) => !isOpen(one)).length
      );
    }
  });

  function said({ messages }: { messages: readonly { ref: string }[] }, ref: string) {
    return messages.find((message) => message.ref === ref);
  }

  async function serve(...args: string[]) {
    const server = launch(...args);
    const [, url = ""] = await server.said(/^Listening on (\S+)\/$/m);
    return { server, url, wsUrl: url.replace(/^http/, "ws") };
  }

  /** Starts the server in the test's directory. */
  function launch(...args: string[]): RunningCli {
    const all = [APP, "--port", "0", "--connections", "100", "--log", "off", ...args];
    const env = { PORT: undefined, HOST: undefined };
    const server = start(process.execPath, all, { cwd: directory(), env });
    running.push(server);
    return server;
  }
});

function isOpen({ ws }: ChatClient): boolean {
  return ws.readyState === ws.OPEN;
}
