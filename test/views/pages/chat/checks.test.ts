import { expect } from "chai";
import { checkNick, checkRoom, checkText } from "../../../../views/pages/chat/checks.ts";

describe("checkNick", () => {
  it("gives the nick as the server will have it", () => {
    expect(checkNick("  Zoe\u0308 ")).to.deep.equal({ value: "Zoë" });
  });

  it("says what is wrong", () => {
    expect(checkNick("  ")).to.deep.equal({ problem: "Pick a nick first." });
    expect(checkNick("a".repeat(33))).to.deep.equal({
      problem: "A nick has at most 32 characters, and this one 33.",
    });
    for (const nick of ["\u200b\u200b", "a\u0000b", "a\u202eb"])
      expect(checkNick(nick)).to.have.property("problem").that.contains("can be seen");
  });

  it("counts characters, not code units", () => {
    expect(checkNick("😀".repeat(32))).to.deep.equal({ value: "😀".repeat(32) });
  });
});

describe("checkRoom", () => {
  it("takes letters and digits of any script, and gives them composed", () => {
    for (const room of ["tea", "Cafe\u0301-1_2", "東京", " tea "])
      expect(checkRoom(room)).to.deep.equal({ value: room.trim().normalize("NFC") });
  });

  it("says what is wrong", () => {
    expect(checkRoom("")).to.deep.equal({ problem: "Name a room first." });
    expect(checkRoom("a".repeat(65)))
      .to.have.property("problem")
      .that.contains("at most 64");
    for (const room of ["tea time", "a/b", "..", "<b>"])
      expect(checkRoom(room)).to.have.property("problem").that.contains("letters, digits");
  });
});

describe("checkText", () => {
  it("takes what the server takes and somebody can see", () => {
    for (const text of ["a", "😀".repeat(4_000), " <b>\n "])
      expect(checkText(text)).to.deep.equal({ value: text });
  });

  it("says how much is too much, and that nothing is nothing", () => {
    expect(checkText("a".repeat(4_001)))
      .to.have.property("problem")
      .that.contains("at most 4000 characters")
      .and.contains("4001");
    for (const text of ["", " \n", "\u200b"])
      expect(checkText(text)).to.deep.equal({ problem: "Write something that can be seen." });
  });
});
