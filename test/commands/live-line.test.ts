import { PassThrough } from "node:stream";
import { expect } from "chai";
import { liveLine } from "../../commands/live-line.ts";

function terminal(columns?: number) {
  return Object.assign(new PassThrough({ encoding: "utf8" }), { isTTY: true, ...(columns && { columns }) });
}

describe("liveLine", () => {
  it("draws the line in place, and leaves it at the end", () => {
    const output = terminal(80);
    let text = "first";
    const end = liveLine(output, () => text);
    text = "last";
    end();
    expect(output.read()).to.equal("\r\x1b[Kfirst\r\x1b[Klast\n");
  });

  it("cuts the line so that it does not wrap", () => {
    const output = terminal(10);
    liveLine(output, () => "0123456789")();
    expect(output.read()).to.equal("\r\x1b[K012345678\r\x1b[K012345678\n");
  });

  it("takes 80 columns for granted where the terminal does not say", () => {
    const output = terminal();
    liveLine(output, () => "x".repeat(100))();
    expect(output.read()).to.contain(`${"x".repeat(79)}\n`);
  });

  it("writes nothing where output is no terminal", () => {
    const output = new PassThrough({ encoding: "utf8" });
    liveLine(output, () => "text")();
    expect(output.read()).to.equal(null);
  });
});
