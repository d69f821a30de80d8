import { once } from "node:events";
import { type AddressInfo, createServer, type LookupFunction, type Server } from "node:net";
import { expect } from "chai";
import { CommandError } from "../../commands/errors.ts";
import { findAddress, findServer } from "../../commands/find-server.ts";
import { rejection } from "../support/rejection.ts";

describe("findServer", () => {
  let server: Server;
  let port: number;

  before(async () => {
    server = createServer((socket) => socket.resume()).listen(0, "127.0.0.1");
    await once(server, "listening");
    ({ port } = server.address() as AddressInfo);
  });

  after(() => server.close());

  function look(lookup: LookupFunction, all: boolean): Promise<unknown[]> {
    return new Promise((resolve) => lookup("localhost", { all }, (...result) => resolve(result)));
  }

  it("finds the one address of localhost that is listened at", async () => {
    const lookup = await findServer(`ws://localhost:${port}/test/ws/`);
    expect(await look(lookup, false)).to.deep.equal([null, "127.0.0.1", 4]);
    expect(await look(lookup, true)).to.deep.equal([null, [{ address: "127.0.0.1", family: 4 }]]);
  });

  it("finds it at another host than the URL's, if told to", async () => {
    expect(await findAddress(`ws://nowhere.invalid:${port}`, "localhost")).to.equal("127.0.0.1");
  });

  it("says that nobody listens, and how to start a server", async () => {
    const closed = createServer().listen(0);
    await once(closed, "listening");
    const address = closed.address() as AddressInfo;
    closed.close();
    await once(closed, "close");
    const error = await rejection(findServer(`ws://localhost:${address.port}`));
    expect(error).to.be.an.instanceOf(CommandError);
    expect(String(error)).to.equal(
      `CommandError: No server at ws://localhost:${address.port}: start one with "npm start"`,
    );
  });

  it("says why a host cannot be found", async () => {
    const error = await rejection(findServer("ws://nowhere.invalid/"));
    expect(String(error)).to.match(/^CommandError: No server at ws:\/\/nowhere\.invalid\/ \(getaddrinfo \w+/);
  });
});
