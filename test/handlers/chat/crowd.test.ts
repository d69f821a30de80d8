import { expect } from "chai";
import { joinChat } from "../../support/chat-client.ts";
import { settle } from "../../support/recording-client.ts";
import { TIMEOUT } from "../../support/timeouts.ts";
import { useChat } from "../../support/use-chat.ts";
import { useNetwork } from "../../support/use-network.ts";

const CROWD = 300;
const EACH = 2;

describe("a room of hundreds", () => {
  const network = useNetwork();
  const serveChat = useChat(network);

  it("hears each message once, all in one order, while others come and go", async function () {
    this.timeout(4 * TIMEOUT);
    const server = await serveChat();
    const enter = (nick: string) => joinChat(server, "stadium", nick);
    const crowd = await Promise.all(Array.from({ length: CROWD }, (_, n) => enter(`m${n}`)));
    const passers = Promise.all(Array.from({ length: 50 }, (_, n) => enter(`p${n}`)));
    const said = crowd.map(async (one) => {
      for (let ref = 0; ref < EACH; ref++) await one.ack(`${ref}`, "Goal!");
    });
    for (const { ws } of await passers) ws.close();
    await Promise.all(said);
    await settle(...crowd);

    const { entries } = await server.log.read("stadium", { limit: 2 * CROWD * EACH });
    const kept = entries.map(({ id }) => id);
    expect(new Set(kept).size).to.equal(CROWD * EACH);
    for (const { messages } of crowd) expect(messages.map(({ id }) => id)).to.deep.equal(kept);
    for (let n = 0; n < CROWD; n++) {
      const refs = entries.filter(({ nick }) => nick === `m${n}`).map(({ ref }) => ref);
      expect(refs).to.deep.equal(["0", "1"]);
    }
  });
});
