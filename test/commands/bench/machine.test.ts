import { totalmem } from "node:os";
import { expect } from "chai";
import { describeMachine, thisMachine } from "../../../commands/bench/machine.ts";

describe("the machine", () => {
  it("is described in one line", () => {
    const machine = { node: "v20.19.0", cpu: "A CPU", cores: 2, memory: 4.1 * 2 ** 30, system: "Linux 6.1" };
    expect(describeMachine(machine)).to.equal("Node.js v20.19.0, Linux 6.1, 2 × A CPU, 4 GiB");
  });

  it("is this one", () => {
    const { node, cpu, cores, memory } = thisMachine();
    expect({ node, memory }).to.deep.equal({ node: process.version, memory: totalmem() });
    expect(cpu).not.to.equal("");
    expect(cores).to.be.at.least(1);
  });
});
