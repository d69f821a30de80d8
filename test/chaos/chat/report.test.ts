import { expect } from "chai";
import type { Outcome } from "./chaos.ts";
import { check } from "./check.ts";
import { Recorder } from "./history.ts";
import { report } from "./report.ts";

const OPTIONS = { members: 2, rooms: 1, seconds: 3, kills: 1, seed: 42 };

/** Of two messages, one of which the log may have lost. */
function outcome(isLost: boolean): Outcome {
  const recorder = new Recorder("tea");
  const messages = ["1", "2"].map((id) => ({ id, nick: "ada", ref: id, text: id }));
  for (const nick of ["ada", "bob"]) recorder.join(nick);
  for (const message of messages) {
    recorder.write(message.nick, message.ref, message.text);
    recorder.acknowledge(message);
    for (const nick of ["ada", "bob"]) recorder.hear(nick, message);
  }
  const history = recorder.history(isLost ? messages.slice(1) : messages);
  const counts = { connections: 4, cutOff: 1, floods: 0, deliveries: 4 };
  return { counts, kills: 2, acknowledged: 2, rooms: [history], findings: check(history) };
}

describe("the report of a chaos run", () => {
  it("shows what was done and found, and the seed", () => {
    const text = report(OPTIONS, outcome(false));
    const figures = ["2", "2", "2", "2", "4", "0", "0", "0", "0", "0"];
    expect(cellsOf(text).slice(1)).to.deep.equal([
      ["tea", ...figures],
      ["all", ...figures],
    ]);
    expect(text).to.match(/\n2 times killed, in 3 s; 4 connections; .*\nseed 42$/);
  });

  it("tells what is wrong, and how to repeat it", () => {
    const text = report(OPTIONS, outcome(true));
    expect(text).to.contain("\ntea: lost: ada's 1 (1) was acknowledged, and is not in the log\n");
    expect(text).to.contain(
      "\nseed 42: repeat it with npm run chaos:chat -- --members 2 --rooms 1 --seconds 3 --kills 1 --seed 42",
    );
  });
});

function cellsOf(table: string): string[][] {
  const rows = table.split("\n").filter((line) => line.startsWith("│"));
  return rows.map((line) =>
    line
      .split("│")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}
