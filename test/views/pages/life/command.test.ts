import { expect } from "chai";
import { commandFor, sizesFor } from "../../../../views/pages/life/command.ts";

const HERE = "http://localhost:8000";

describe("commandFor", () => {
  it("is short where everything is as by default", () => {
    expect(commandFor({}, HERE)).to.equal("npm run cmd gameoflife");
  });

  it("names the pattern, the size and the game", () => {
    expect(commandFor({ pattern: "gosper", size: 64, game: "tea" }, HERE)).to.equal(
      "npm run cmd gameoflife -- --pattern gosper --size 64 --game tea",
    );
  });

  it("names the server where it is another", () => {
    expect(commandFor({}, "http://127.0.0.1:8000")).to.equal(
      "npm run cmd gameoflife -- --url ws://127.0.0.1:8000",
    );
    expect(commandFor({ game: "棋" }, "https://life.example")).to.equal(
      "npm run cmd gameoflife -- --game 棋 --url wss://life.example",
    );
  });
});

describe("sizesFor", () => {
  it("gives the sizes that a pattern fits", () => {
    expect(sizesFor({ width: 3, height: 1 })).to.deep.equal([32, 64, 100]);
    expect(sizesFor({ width: 36, height: 9 })).to.deep.equal([64, 100]);
    expect(sizesFor({ width: 1, height: 100 })).to.deep.equal([100]);
  });

  it("gives the smallest one for a pattern that is larger", () => {
    expect(sizesFor({ width: 101, height: 120 })).to.deep.equal([120]);
  });
});
