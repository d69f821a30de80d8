import { expect } from "chai";
import { recvLine, toLine } from "../../../handlers/life/recv-line.ts";
import { WebSocketError } from "../../../middleware/index.ts";
import { takeSeats } from "../../support/seats.ts";
import { useNetwork } from "../../support/use-network.ts";

describe("recvLine", () => {
  const network = useNetwork();

  it("resolves with text as it is", async () => {
    const [seat] = await takeSeats(network, 1);
    seat?.client.send("0 0", "", " Café ");
    const lines = [];
    for (let n = 0; seat && n < 3; n++) lines.push(await recvLine(seat.ws));
    expect(lines).to.deep.equal(["0 0", "", " Café "]);
  });

  it("rejects a binary message with 1003", async () => {
    const [seat] = await takeSeats(network, 1);
    seat?.client.send(Buffer.from("0 0"));
    const error = seat && (await recvLine(seat.ws).catch((reason) => reason));
    expect(error).to.be.an.instanceOf(WebSocketError).with.property("closeCode", 1003);
  });

  it("rejects when the client has left", async () => {
    const [seat] = await takeSeats(network, 1);
    seat?.client.ws.close(1000);
    const error = seat && (await recvLine(seat.ws).catch((reason) => reason));
    expect(error).to.have.property("code", "ERR_CONNECTION_CLOSED_OK");
  });
});

describe("toLine", () => {
  it("refuses bytes, even none", () => {
    expect(() => toLine(Buffer.alloc(0))).to.throw(WebSocketError, "Text is expected");
  });
});
