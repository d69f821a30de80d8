import { expect } from "chai";
import { CommandError } from "../../../commands/errors.ts";
import { fitOneAddress, sourceAddresses } from "../../../commands/testecho/source-addresses.ts";

const PORTS = 28_232;

describe("sourceAddresses", () => {
  it("leaves it to the network where one address is enough", () => {
    expect(sourceAddresses(14_116, "127.0.0.1", PORTS)).to.deep.equal([]);
    expect(sourceAddresses(1_000_000, "127.0.0.1", Number.POSITIVE_INFINITY)).to.deep.equal([]);
  });

  it("takes another one for each half of the ports", () => {
    expect(sourceAddresses(14_117, "127.0.0.1", PORTS)).to.deep.equal(["127.0.0.2", "127.0.0.3"]);
    expect(sourceAddresses(100_000, "127.0.0.1", PORTS)).to.have.length(8);
  });

  it("finds as many as a million clients need, each of them once", () => {
    const sources = sourceAddresses(1_000_000, "127.0.0.1", 2);
    expect(new Set(sources)).to.have.property("size", 1_000_000);
    expect([sources[253], sources[254], sources[999_999]]).to.deep.equal([
      "127.0.0.255",
      "127.0.1.0",
      "127.15.66.65",
    ]);
  });

  it("lets clients of a server elsewhere have all ports of the one address", () => {
    expect(sourceAddresses(PORTS, "192.0.2.1", PORTS)).to.deep.equal([]);
    expect(sourceAddresses(PORTS, "::1", PORTS)).to.deep.equal([]);
  });

  it("says what more than that need", () => {
    expect(() => sourceAddresses(30_000, "192.0.2.1", PORTS)).to.throw(
      CommandError,
      "30000 clients need 30000 local ports, but the address that this machine connects to 192.0.2.1 from has 28232 " +
        `(net.ipv4.ip_local_port_range): run "sysctl -w net.ipv4.ip_local_port_range='1024 65535'" first. Only to a ` +
        "server at 127.0.0.1 they connect from several addresses",
    );
  });

  it("does not advise to widen the range where that is not enough", () => {
    expect(() => sourceAddresses(64_512, "192.0.2.1", PORTS)).to.throw("sysctl");
    expect(() => sourceAddresses(64_513, "::1", PORTS)).to.throw(": start the rest on other machines. ");
  });
});

describe("fitOneAddress", () => {
  it("is true up to half of the ports, rounded up", () => {
    expect([2, 3].map((clients) => fitOneAddress(clients, 3))).to.deep.equal([true, false]);
  });
});
