import { expect } from "chai";
import { MAX_TEXT, type ServerFrame } from "../../handlers/chat/protocol.ts";
import { joinChat } from "../support/chat-client.ts";
import { type RunningCli, runCli, start, startCli } from "../support/cli.ts";
import { startLyingServer, startRefusingServer } from "../support/lying-server.ts";
import { LONG } from "../support/timeouts.ts";
import { useChatSite } from "../support/use-chat-site.ts";

describe("chat", () => {
  const site = useChatSite();
  const running: RunningCli[] = [];

  afterEach(() => {
    for (const { process } of running.splice(0)) process.kill("SIGKILL");
  });

  function args(nick: string, ...options: string[]): string[] {
    return ["chat", "tea", "--nick", nick, "--url", site().wsUrl, ...options];
  }

  /** A member in a terminal, whose input is written by the test. */
  function join(nick: string, ...options: string[]): RunningCli {
    const cli = startCli(args(nick, ...options), { pipe: true, env: { TZ: "UTC" } });
    running.push(cli);
    return cli;
  }

  /** Runs one to its end, on this input. */
  function talk(nick: string, input: string, ...options: string[]) {
    const cli = join(nick, ...options);
    cli.type(input);
    cli.endInput();
    return cli.outcome;
  }

  async function texts(): Promise<string[]> {
    const { entries } = await site().log.read("tea", { limit: 1000 });
    return entries.map(({ text }) => text);
  }

  function frames(stdout: string): (ServerFrame | { type: "connecting" | "offline" })[] {
    return stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
  }

  it("shows what was said before, then what is said", async () => {
    await talk("ada", "one\ntwo\n");
    const bob = join("bob");
    await bob.said(
      /bob in tea, with nobody else\n\* \d{4}-\d\d-\d\d\n\d\d:\d\d ada: one\n\d\d:\d\d ada: two\n/,
    );
    const carol = await joinChat(site(), "tea", "carol");
    await bob.said(/\n\* carol joined\n/);
    carol.say("1", "Hello!");
    await bob.said(/\n\d\d:\d\d carol: Hello!\n/);
    carol.ws.close();
    await bob.said(/\n\* carol left\n/);
  });

  it("says what is typed, line by line", async () => {
    const carol = await joinChat(site(), "tea", "carol");
    const bob = join("bob");
    bob.type("Hello!\n");
    expect(await carol.nextOf("message")).to.include({ nick: "bob", text: "Hello!" });
    bob.type("And good");
    bob.type("bye\n");
    expect(await carol.nextOf("message")).to.include({ nick: "bob", text: "And goodbye" });
    carol.ws.close();
  });

  it("says all of a pipe, whose last line need not end, and leaves with 0", async () => {
    const { code, stdout, stderr } = await talk("ada", "one\r\n\n  \n\u200b\ntwo");
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    expect(stdout).to.match(/ada: one\n\d\d:\d\d ada: two\n$/);
    expect(await texts()).to.deep.equal(["one", "two"]);
  });

  it("shows the history, and leaves, where there is nothing to say", async () => {
    await talk("ada", "one\n");
    const { code, stdout } = await talk("bob", "");
    expect(code).to.equal(0);
    expect(stdout).to.contain("ada: one\n");
  });

  it("begins behind the message that it is told", async () => {
    await talk("ada", "one\ntwo\nthree\n");
    const { entries } = await site().log.read("tea", { limit: 10 });
    const { stdout } = await talk("bob", "", "--since", entries[0]?.id ?? "");
    expect(stdout)
      .to.match(/ada: two\n.*ada: three\n$/)
      .and.not.contain("ada: one");
    const { stdout: gap } = await talk("bob", "", "--since", "nonsense");
    expect(gap).to.contain("* some of what was said is no longer kept\n");
  });

  it("keeps to the server's pace, and loses nothing to it", async () => {
    const lines = Array.from({ length: 12 }, (_, index) => `line ${index}`);
    const { code, stderr } = await talk("ada", `${lines.join("\n")}\n`);
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    expect(await texts()).to.deep.equal(lines);
  });

  it("complains of what cannot be said, and goes on", async () => {
    const long = "x".repeat(MAX_TEXT + 1);
    // Far more than the server takes in one message, of whatever kind.
    const huge = "y".repeat(2 ** 21);
    const { code, stderr } = await talk("ada", `${long}\n${huge}\nshort\n`);
    const why = `Not said: A text has at most ${MAX_TEXT} characters: send it in parts`;
    expect(stderr).to.equal(`${why}: ${"x".repeat(40)}…\n${why}: ${"y".repeat(40)}…\n`);
    expect(code).to.equal(0);
    expect(await texts()).to.deep.equal(["short"]);
  });

  it("connects again when the server is back, and says what was typed meanwhile, once", async () => {
    const carol = await joinChat(site(), "tea", "carol");
    const bob = join("bob");
    bob.type("before\n");
    await carol.nextOf("message");
    await bob.said(/bob: before\n/);
    await site().stop();
    await bob.complained(/^Offline: closed by the server with 1001.*; connecting again in \d\.\d s\n/);
    bob.type("meanwhile\n");
    await bob.complained(/Offline: ECONNREFUSED; /);
    await site().start();
    await bob.complained(/Connected again\n/);
    await bob.said(/bob: meanwhile\n/);
    bob.endInput();
    const { code, stdout } = await bob.outcome;
    expect(code).to.equal(0);
    expect(stdout.match(/bob: before/g)).to.have.lengthOf(1);
    expect(await texts()).to.deep.equal(["before", "meanwhile"]);
  });

  it("waits at the end of its input for a server that is away", async () => {
    const bob = join("bob");
    await bob.said(/bob in tea/);
    await site().stop();
    await bob.complained(/Offline/);
    bob.type("meanwhile");
    bob.endInput();
    await site().start();
    expect((await bob.outcome).code).to.equal(0);
    expect(await texts()).to.deep.equal(["meanwhile"]);
  });

  describe("with --json", () => {
    it("gives the server's frames as they are, and tells of the connection", async () => {
      const { code, stdout } = await talk("ada", "one\n", "--json");
      expect(code).to.equal(0);
      const all = frames(stdout);
      expect(all.map(({ type }) => type)).to.deep.equal(["connecting", "welcome", "ready", "message", "ack"]);
      expect(all[1]).to.deep.equal({ type: "welcome", room: "tea", nick: "ada", members: ["ada"] });
      expect(all[3]).to.include({ nick: "ada", text: "one" }).and.include.keys("id", "ref", "time");
    });

    it("tells when the connection is lost, and gives no message twice", async () => {
      const bob = join("bob", "--json");
      bob.type("one\n");
      await bob.said(/"ack"/);
      await site().stop();
      await bob.said(/\{"type":"offline","reason":"closed by the server with 1001[^"]*","delay":\d/);
      await site().start();
      await bob.said(/"offline".*"ready"/s);
      bob.endInput();
      const messages = frames((await bob.outcome).stdout).filter(({ type }) => type === "message");
      expect(messages).to.have.lengthOf(1);
    });

    it("gives errors too, and escapes what a terminal could obey", async () => {
      const { stdout } = await talk("ada", `${"x".repeat(MAX_TEXT + 1)}\n\u009b2J\u202e\n`, "--json");
      expect(frames(stdout).find(({ type }) => type === "error")).to.include({ code: "too-long" });
      expect(stdout).to.contain(String.raw`"text":"\u009b2J\u202e"`);
    });
  });

  it("lets no control character of others through to the terminal", async () => {
    const carol = await joinChat(site(), "tea", "carol");
    await carol.ack("1", "\u001b[2J\u001b]0;title\u0007\rada: fake\u009b31m\u202eabc");
    await carol.ack("2", "two\n12:00 ada: lines\r\nand\tthree 👩‍👩‍👧");
    carol.ws.close();
    const { stdout } = await talk("bob", "");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(stdout).to.not.match(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(stdout).to.contain(
      String.raw`carol: \u001b[2J\u001b]0;title\u0007\u000dada: fake\u009b31m\u202eabc`,
    );
    expect(stdout).to.contain("carol: two\n      12:00 ada: lines\n      and\tthree 👩‍👩‍👧\n");
  });

  it("has colours where the environment asks for them, and none where it forbids them", async () => {
    const coloured = await runCli(args("ada"), { env: { FORCE_COLOR: "1" } });
    expect(coloured.stdout).to.contain("\u001b[2m");
    const plain = await runCli(args("ada"), { env: { NO_COLOR: "1", FORCE_COLOR: undefined } });
    expect(plain.stdout).to.contain("* ada in tea").and.not.contain("\u001b");
  });

  it("says that the nick is taken, and what to do", async () => {
    const carol = await joinChat(site(), "tea", "Carol");
    const { code, stderr } = await talk("carol", "Hello!\n");
    expect(code).to.equal(1);
    expect(stderr).to.equal("Somebody in tea is called carol: choose another nick, with --nick\n");
    carol.ws.close();
  });

  it("ends quietly at Ctrl-C, with the exit code of shells", async () => {
    const bob = join("bob");
    await bob.said(/bob in tea/);
    bob.process.kill("SIGINT");
    const { code, stderr } = await bob.outcome;
    expect({ code, stderr }).to.deep.equal({ code: 130, stderr: "" });
  });

  it("ends when nobody reads what it writes any more", async () => {
    const carol = await joinChat(site(), "tea", "carol");
    const bob = join("bob");
    await bob.said(/bob in tea/);
    bob.process.stdout?.destroy();
    await carol.ack("1", "Is there anybody?");
    await carol.nextOf("left");
    expect(bob.process.exitCode ?? (await bob.outcome).code).to.equal(141);
    carol.ws.close();
  });

  it("is called as the user of the system is", async () => {
    const [, url] = site().wsUrl.match(/(.*)/) ?? [];
    const { code, stdout } = await runCli(["chat", "tea", "--url", url ?? ""]);
    const { stdout: user } = await start("id", ["-un"]).outcome;
    expect({ code, stdout }).to.deep.equal({
      code: 0,
      stdout: `* ${user.trim()} in tea, with nobody else\n`,
    });
  });
});

describe("chat, with another server", () => {
  function talkTo(url: string) {
    return runCli(["chat", "tea", "--nick", "bob", "--url", url], { timeout: LONG });
  }

  it("finds the room below the path of the URL, and ends when it is taken over", async () => {
    const paths: string[] = [];
    const server = await startLyingServer((ws, { url }) => {
      paths.push(url ?? "");
      ws.close(4001, "Connected again elsewhere");
    });
    const { code, stderr } = await talkTo(`${server.wsUrl}/life/`);
    await server.close();
    expect(code).to.equal(1);
    expect(stderr).to.equal("bob has been taken over in tea, by another connection with the same key\n");
    expect(paths).to.have.lengthOf(1);
    expect(paths[0]).to.match(/^\/life\/chat\/tea\/ws\/\?nick=bob&key=[-\w]{20,}$/);
  });

  it("says again, with the same ref and key, what it got no answer for, behind the last message that it knows", async () => {
    const urls: URL[] = [];
    const said: unknown[] = [];
    const server = await startLyingServer((ws, { url }) => {
      const isFirst = urls.push(new URL(url ?? "", "ws://localhost")) === 1;
      const tell = (frame: ServerFrame) => ws.send(JSON.stringify(frame));
      tell({ type: "welcome", room: "tea", nick: "bob", members: ["bob"] });
      tell({ type: "ready" });
      ws.on("message", (data) => {
        const { ref, text } = JSON.parse(String(data));
        said.push({ ref, text });
        const time = "2026-01-02T03:04:05.678Z";
        tell({ type: "message", id: "7", ref, nick: "bob", text, time });
        if (isFirst) ws.terminate();
        else if (said.length === 2) tell({ type: "error", code: "flood", message: "Wait", ref, wait: 1 });
        else tell({ type: "ack", ref, id: "7" });
      });
    });
    const bob = startCli(["chat", "tea", "--nick", "bob", "--url", server.wsUrl], { pipe: true });
    bob.type("Hello!\n");
    bob.endInput();
    const { code, stdout } = await bob.outcome;
    server.close();
    expect(code).to.equal(0);
    expect(stdout.match(/Hello!/g)).to.have.lengthOf(1);
    expect(said).to.have.lengthOf(3);
    expect(said[1]).to.deep.equal(said[0]);
    expect(said[2]).to.deep.equal(said[0]);
    expect(urls.map((url) => url.searchParams.get("since"))).to.deep.equal([null, "7"]);
    expect(urls[1]?.searchParams.get("key")).to.equal(urls[0]?.searchParams.get("key"));
  });

  it("passes over what it does not know", async () => {
    const server = await startLyingServer((ws) => {
      ws.send("what?");
      ws.send(Buffer.from("bytes"));
      ws.send('{"type":"weather"}');
      ws.send('{"type":"welcome","room":"tea","nick":"bob","members":["bob"]}');
      ws.send('{"type":"ready"}');
    });
    const { code, stdout, stderr } = await talkTo(server.wsUrl);
    await server.close();
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    expect(stdout).to.equal("* bob in tea, with nobody else\n");
  });

  it("ends when it is put out of the room", async () => {
    const server = await startLyingServer((ws) => ws.close(1008, "Out\u001b[2J"));
    const { code, stderr } = await talkTo(server.wsUrl);
    await server.close();
    expect(code).to.equal(1);
    expect(stderr).to.equal(
      String.raw`The server does not let you stay in tea: closed by the server with 1008 (Out\u001b[2J)` +
        "\n",
    );
  });

  it("says that there is no chat", async () => {
    const server = await startRefusingServer(404);
    const { code, stderr } = await talkTo(server.wsUrl);
    await server.close();
    expect(code).to.equal(1);
    expect(stderr).to.equal("The server does not let you stay in tea: HTTP 404 instead of a WebSocket\n");
  });
});
