import { expect } from "chai";
import { type Crowd, createCrowd } from "../../../../commands/bench/chat/crowd.ts";
import { CHAT_DIALECTS } from "../../../../commands/bench/chat/dialect.ts";
import { broadcast, type Connection, websocket } from "../../../../middleware/index.ts";
import { quietApp } from "../../../support/quiet-app.ts";
import { rejection } from "../../../support/rejection.ts";
import { useChat } from "../../../support/use-chat.ts";
import { useNetwork } from "../../../support/use-network.ts";

describe("a crowd", () => {
  const network = useNetwork();
  const serveChat = useChat(network);

  /** A crowd on a server that says this for each message. */
  async function crowdOn(say: (everyone: ReadonlySet<Connection>, ref: number) => void): Promise<Crowd> {
    const everyone = new Set<Connection>();
    const view = websocket(async (ws) => {
      everyone.add(ws);
      await ws.send('{"type":"ready"}');
      let refs = 0;
      for await (const _ of ws) say(everyone, refs++);
    });
    const { port } = await network.serve(quietApp().get("/chat/crowd/ws/", view));
    return createCrowd(port, CHAT_DIALECTS.chat);
  }

  const message = (ref: unknown) => `{"type":"message","ref":"${ref}"}`;

  it("comes into a room of the chat, more than come at once, and speaks in turns", async () => {
    const server = await serveChat();
    const crowd = createCrowd(server.port, CHAT_DIALECTS.chat);
    expect(await crowd.fill(300)).to.be.above(0);
    expect(server.rooms.get("crowd").size).to.equal(300);
    const times = [...(await crowd.speak(20, 1)), ...(await crowd.speak(2, 10))];
    expect(times).to.have.length(22);
    for (const time of times) expect(time).to.be.above(0);
    const { entries } = await server.log.read("crowd", { limit: 50 });
    expect(entries.map(({ ref }) => ref)).to.deep.equal(Array.from({ length: 40 }, (_, ref) => `${ref}`));
    expect(new Set(entries.map(({ nick }) => nick)).size).to.equal(40);
  });

  it("fails where one hears something else than the others", async () => {
    const crowd = await crowdOn((everyone) => {
      for (const [index, ws] of [...everyone].entries()) void ws.send(message(index < 9 ? 1 : 2));
    });
    await crowd.fill(10);
    expect(await rejection(crowd.speak(1, 1))).to.have.property(
      "message",
      "A member failed: it did not hear what the others heard",
    );
  });

  it("fails where a connection ends, and does nothing afterwards", async () => {
    const crowd = await crowdOn((everyone) => {
      for (const ws of everyone) void ws.close(1013, "Too busy");
    });
    await crowd.fill(2);
    const why = "A member failed: the server closed it: Too busy";
    expect(await rejection(crowd.speak(1, 1))).to.have.property("message", why);
    expect(await rejection(crowd.speak(1, 1))).to.have.property("message", why);
  });

  it("fails where it is refused, with the server's answer", async () => {
    const crowd = await crowdOn((everyone) => broadcast(everyone, '{"type":"error","code":"flood"}'));
    await crowd.fill(2);
    expect(await rejection(crowd.speak(1, 1))).to.have.property(
      "message",
      'A member failed: the server said {"type":"error","code":"flood"}',
    );
    const { port } = await network.serve(quietApp());
    expect(await rejection(createCrowd(port, CHAT_DIALECTS.chat).fill(2))).to.have.property(
      "message",
      "A member failed: the server answered HTTP/1.1 404 Not Found",
    );
  });
});
