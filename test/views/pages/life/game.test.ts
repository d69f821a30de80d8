import { expect } from "chai";
import { type GameFrame, packCell } from "../../../../handlers/life/cells-protocol.ts";
import { watchGame } from "../../../../views/pages/life/game.ts";

describe("watchGame", () => {
  const idle: GameFrame = { kind: "game", size: 2, phase: "idle", connected: 0, subscribed: 0 };
  const connecting: GameFrame = { ...idle, phase: "connecting", connected: 1 };
  const subscribing: GameFrame = { ...idle, phase: "subscribing", connected: 4 };
  const running: GameFrame = { ...idle, phase: "running", connected: 4, subscribed: 4 };

  const block = (step: number, ...states: (0 | 1)[]) => {
    return { step, cells: states.map((state, cell) => packCell(2, cell >> 1, cell & 1, state)) };
  };

  it("knows nothing at first", () => {
    const { frame, step, population } = watchGame();
    expect({ frame, step, population }).to.deep.equal({ frame: undefined, step: undefined, population: 0 });
  });

  it("counts live cells as they are born and die", () => {
    const game = watchGame();
    game.follow(running);
    game.update(block(0, 1, 1, 0, 0));
    expect(game.population).to.equal(2);
    game.update(block(1, 1, 1, 1, 0));
    expect(game.population).to.equal(3);
    game.update(block(2, 0, 0, 0, 0));
    expect(game.population).to.equal(0);
  });

  it("knows the latest step that a cell has reached", () => {
    const game = watchGame();
    game.follow(running);
    for (const step of [0, 2, 1]) game.update(block(step, 0));
    expect(game.step).to.equal(2);
  });

  it("starts with the first game frame", () => {
    expect(watchGame().follow(running)).to.equal(true);
  });

  it("starts over when the size changes", () => {
    const game = watchGame();
    game.follow(running);
    game.update(block(7, 1, 1, 1, 1));
    expect(game.follow({ ...idle, size: 3 })).to.equal(true);
    expect(game.step).to.equal(undefined);
    expect(game.population).to.equal(0);
  });

  it("starts over when workers come after all have left", () => {
    const game = watchGame();
    game.follow(running);
    game.update(block(7, 1, 1, 1, 1));
    game.follow(idle);
    expect(game.follow(connecting)).to.equal(true);
    expect(game.step).to.equal(undefined);
    expect(game.population).to.equal(0);
  });

  it("stays with a game through its phases, and after its end", () => {
    const game = watchGame();
    game.follow(connecting);
    for (const frame of [{ ...connecting, connected: 4 }, subscribing, running]) {
      expect(game.follow(frame), frame.phase).to.equal(false);
    }
    game.update(block(1, 1, 0, 0, 0));
    expect(game.follow(idle)).to.equal(false);
    expect(game.population).to.equal(1);
  });

  it("has the history of each step that all cells have reached, and shows the latest of those", () => {
    const game = watchGame();
    game.follow(running);
    game.update(block(0, 1, 1, 1, 0));
    game.update(block(1, 0));
    expect(game.population).to.equal(3);
    game.update({ step: 1, cells: [packCell(2, 0, 1, 0), packCell(2, 1, 0, 0), packCell(2, 1, 1, 1)] });
    expect(game.population).to.equal(1);
    expect(game.history.counts).to.deep.equal([
      { step: 0, population: 3 },
      { step: 1, population: 1 },
    ]);
  });

  it("has no history of a game before", () => {
    const game = watchGame();
    game.follow(running);
    game.update(block(0, 1, 1, 1, 1));
    game.follow(idle);
    game.follow(connecting);
    expect(game.history.counts).to.deep.equal([]);
  });
});
