import { expect } from "chai";
import { randomStates } from "../../commands/gameoflife/random.ts";
import { type ChatClient, joinChat } from "../support/chat-client.ts";
import { runCli } from "../support/cli.ts";
import { GameRecorder } from "../support/game-recorder.ts";
import { handshakeText, readResponse } from "../support/raw-http.ts";
import { dial } from "../support/raw-socket.ts";
import { openRecording } from "../support/recording-client.ts";
import { generations, toGrid } from "../support/reference-life.ts";
import { untilTrue } from "../support/until.ts";
import { useSite } from "./use-site.ts";

describe("docs/deploy/nginx.conf, in front of two servers with one Redis", () => {
  const site = useSite();

  /** By which server each of these requests was logged, in their order. */
  async function whoServed(requests: readonly string[]): Promise<number[]> {
    return Promise.all(
      requests.map((request) =>
        Promise.any(
          site().servers.map(async ({ running }, index) => {
            await running.said(new RegExp(`^GET \\S*${request}\\S* 101 `, "m"));
            return index;
          }),
        ),
      ),
    );
  }

  it("passes pages, files and forms on as they are", async () => {
    const [server] = site().servers;
    for (const path of ["/", "/chat/", "/test/", "/pages/life/style.css", "/chat/rooms.json"]) {
      const [through, direct] = await Promise.all([fetch(site().url + path), fetch(server?.url + path)]);
      expect(through.status, path).to.equal(200);
      expect(through.headers.get("content-type")).to.equal(direct.headers.get("content-type"));
      expect(await through.text()).to.equal(await direct.text());
    }
    const body = new URLSearchParams({ spam: "eggs" });
    const response = await fetch(`${site().url}/test/wsgi/`, { method: "POST", body });
    expect(await response.text()).to.contain("eggs");
  });

  it("deals WebSockets out to both, and carries them to their end", async () => {
    const guests = ["guest=1", "guest=2", "guest=3", "guest=4"];
    for (const guest of guests) {
      const client = await openRecording(`${site().wsUrl}/test/ws/?${guest}`);
      client.send("Spam?", "Eggs!", "Node.");
      expect((await client.closed).code).to.equal(1000);
      expect(client.history).to.deep.equal(["Hello!", "1. Spam?", "2. Eggs!", "3. Node.", "Goodbye!"]);
    }
    expect(new Set(await whoServed(guests))).to.deep.equal(new Set([0, 1]));
  });

  it("passes a refused handshake on as it is", async () => {
    const hosts = [site().url, ...site().servers.map(({ url }) => url)].map((url) =>
      Number(new URL(url).port),
    );
    const answers = await Promise.all(
      hosts.map(async (port) => {
        const raw = await dial({ host: "127.0.0.1", port });
        raw.write(handshakeText("/nowhere/", { Host: "example.com" }));
        const { status, headers, body } = await readResponse(raw);
        raw.socket.destroy();
        return { status, type: headers["content-type"], body };
      }),
    );
    expect(answers[0]).to.include({ status: 404 }).and.to.deep.equal(answers[1]);
  });

  it("lets in pages of the site under the name that it was asked for, and no others", async () => {
    const port = Number(new URL(site().url).port);
    const statusFrom = async (Origin: string) => {
      const raw = await dial({ host: "127.0.0.1", port });
      raw.write(handshakeText("/test/ws/", { Host: "example.com:8080", Origin }));
      const { status } = await readResponse(raw);
      raw.socket.destroy();
      return status;
    };
    expect(await statusFrom("http://example.com:8080")).to.equal(101);
    expect(await statusFrom("http://foreign.example")).to.equal(403);
  });

  it("makes one chat of both", async () => {
    const nicks = ["ann", "bob", "cat", "dan"];
    const members: ChatClient[] = [];
    for (const nick of nicks) members.push(await joinChat(site(), "lobby", nick));
    expect(new Set(await whoServed(nicks.map((nick) => `nick=${nick}`)))).to.deep.equal(new Set([0, 1]));
    await Promise.all(members.map((member) => member.ack("1", "Hello")));
    await untilTrue(() => members.every(({ messages }) => messages.length === nicks.length));
    for (const { messages } of members) expect(messages).to.deep.equal(members[0]?.messages);
    for (const { ws } of members) ws.close();
  });

  it("plays one Game of Life on both", async () => {
    const recorders = await Promise.all(
      [site(), ...site().servers].map(({ wsUrl }) => GameRecorder.open(wsUrl, 9)),
    );
    const args = ["--size", "9", "--steps", "25", "--speed", "1000", "--random", "7", "--url", site().wsUrl];
    expect(await runCli(["gameoflife", ...args])).to.deep.equal({ code: 0, stdout: "", stderr: "" });
    const expected = generations(toGrid(randomStates(9, 7), 9), 25, true);
    for (const recorder of recorders) {
      expect(await recorder.grids(25)).to.deep.equal(expected);
      recorder.close();
    }
  });

  it("has both tell their health, and asks neither to be given up while Redis is away", async () => {
    const client = await openRecording(`${site().wsUrl}/test/ws/`);
    await site().redis.kill();
    for (const { url } of site().servers) while ((await fetch(`${url}/healthz`)).ok);
    for (let request = 0; request < 10; request++) {
      const response = await fetch(`${site().url}/healthz`);
      expect(response.status).to.equal(503);
      expect(await response.json()).to.deep.include({ status: "degraded", away: ["redis"] });
      expect((await fetch(`${site().url}/test/`)).status).to.equal(200);
    }
    client.send("Spam?");
    await client.next();
    expect(await client.next()).to.equal("1. Spam?");
    await site().redis.start();
    while (!(await fetch(`${site().url}/healthz`)).ok);
    client.ws.close();
  });
});
