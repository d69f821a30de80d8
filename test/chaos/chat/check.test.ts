import { expect } from "chai";
import { check } from "./check.ts";
import { Recorder, type Said } from "./history.ts";

const ONE: Said = { id: "1", nick: "ada", ref: "a", text: "one" };
const TWO: Said = { id: "2", nick: "bob", ref: "a", text: "two" };
const THREE: Said = { id: "3", nick: "ada", ref: "b", text: "three" };
const ALL = [ONE, TWO, THREE];

/** What is found of three messages that were written and acknowledged. */
function findings(log: readonly Said[], hearing: readonly Said[], acknowledged: readonly Said[] = ALL) {
  const recorder = new Recorder("tea");
  for (const nick of ["ada", "bob"]) recorder.join(nick);
  for (const { nick, ref, text } of ALL) recorder.write(nick, ref, text);
  for (const message of acknowledged) recorder.acknowledge(message);
  for (const message of ALL) recorder.hear("ada", message);
  for (const message of hearing) recorder.hear("bob", message);
  return check(recorder.history(log)).map(({ violation, what }) => `${violation}: ${what}`);
}

describe("the check of a chaos run", () => {
  it("finds nothing where all is well", () => {
    expect(findings(ALL, ALL)).to.deep.equal([]);
  });

  it("finds nothing in what was kept without being acknowledged", () => {
    expect(findings(ALL, ALL, [ONE])).to.deep.equal([]);
  });

  it("finds a message that the log has lost", () => {
    expect(findings([ONE, THREE], [ONE, THREE])).to.include(
      "lost: bob's a (2) was acknowledged, and is not in the log",
    );
  });

  it("finds a message that is in the log under another id than it was acknowledged with", () => {
    expect(findings([ONE, { ...TWO, id: "9" }, THREE], ALL)).to.include(
      "lost: bob's a (2) was acknowledged, and is not in the log",
    );
  });

  for (const [where, heard] of [
    ["in the middle", [ONE, THREE]],
    ["at the beginning", [TWO, THREE]],
    ["at the end", [ONE, TWO]],
  ] as const) {
    it(`finds a message ${where} that a member did not hear`, () => {
      const [finding, ...others] = findings(ALL, heard);
      expect(finding).to.match(/^missed: bob did not hear /);
      expect(others).to.deep.equal([]);
    });
  }

  it("finds that a member heard nothing at all", () => {
    expect(findings(ALL, [])).to.have.lengthOf(3);
  });

  it("finds a message that was said twice", () => {
    const again = { ...ONE, id: "4" };
    expect(findings([...ALL, again], [...ALL, again])).to.include('doubled: ["ada","a"] was said twice');
  });

  it("finds an id that is in the log twice", () => {
    expect(findings([...ALL, THREE], ALL)).to.include("doubled: 3 is in the log twice");
  });

  it("finds a message that a member heard twice", () => {
    expect(findings(ALL, [ONE, TWO, ONE, THREE])).to.deep.equal(["doubled: bob heard 1 twice"]);
  });

  it("finds messages that a member heard in another order", () => {
    expect(findings(ALL, [ONE, THREE, TWO])).to.deep.equal(["reordered: bob heard 2 too late"]);
  });

  it("finds a log in another order than what all have heard", () => {
    expect(findings([TWO, ONE, THREE], ALL)).to.deep.equal([
      "reordered: ada heard 2 too late",
      "reordered: bob heard 2 too late",
    ]);
  });

  it("finds a message whose words have changed on the way", () => {
    expect(findings(ALL, [ONE, { ...TWO, text: "tow" }, THREE])).to.deep.equal([
      "altered: bob's a (2) is not in the log like that",
    ]);
  });

  it("finds a message whose words have changed in the log", () => {
    expect(findings([ONE, { ...TWO, text: "tow" }, THREE], ALL)).to.include(
      "altered: bob's a (2) was not said like that",
    );
  });

  it("finds a message that nobody wrote", () => {
    const foreign = { id: "4", nick: "eve", ref: "a", text: "four" };
    expect(findings([...ALL, foreign], ALL)).to.include("altered: eve's a (4) was not said like that");
  });

  it("finds a message that was heard, and is not in the log", () => {
    const foreign = { id: "4", nick: "ada", ref: "c", text: "four" };
    expect(findings(ALL, [...ALL, foreign])).to.deep.equal([
      "altered: ada's c (4) is not in the log like that",
    ]);
  });
});
