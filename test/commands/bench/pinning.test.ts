import { expect } from "chai";
import { parseCores, pinning, pinTo } from "../../../commands/bench/pinning.ts";

describe("pinning", () => {
  it("reads lists of cores as Linux writes them", () => {
    expect(parseCores("\t0-3,8,10-11\n")).to.deep.equal([0, 1, 2, 3, 8, 10, 11]);
    expect(parseCores("5")).to.deep.equal([5]);
    expect(parseCores("")).to.deep.equal([]);
  });

  it("gives the server the first core, and the load the others", () => {
    expect(pinTo([2, 3, 5])).to.deep.equal({
      server: ["taskset", "-c", "2"],
      load: ["taskset", "-c", "3,5"],
    });
  });

  it("pins nothing where there is one core, or none is known", () => {
    expect(pinTo([0])).to.deep.equal({ server: [], load: [] });
    expect(pinTo([])).to.deep.equal({ server: [], load: [] });
  });

  it("pins both or none on this machine", () => {
    const { server, load } = pinning();
    expect(server.length).to.equal(load.length);
  });
});
