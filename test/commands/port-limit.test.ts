import { expect } from "chai";
import { CommandError } from "../../commands/errors.ts";
import { checkPortLimit, localPortLimit } from "../../commands/port-limit.ts";

describe("localPortLimit", () => {
  it("is a number of ports, or Infinity where the system does not say", () => {
    expect(localPortLimit()).to.satisfy((limit: number) => limit === Number.POSITIVE_INFINITY || limit > 0);
  });
});

describe("checkPortLimit", () => {
  it("is content with as many as there are", () => {
    checkPortLimit(28_232, "clients", 28_232);
  });

  it("says how many there are, and the command that makes more", () => {
    expect(() => checkPortLimit(30_000, "workers", 28_232)).to.throw(
      CommandError,
      "30000 workers need 30000 local ports, but this machine uses 28232 (net.ipv4.ip_local_port_range): " +
        `run "sysctl -w net.ipv4.ip_local_port_range='1024 65535'" first, or start fewer`,
    );
  });
});
