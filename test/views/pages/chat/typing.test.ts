import { expect } from "chai";
import { createTyping, typingSentence } from "../../../../views/pages/chat/room/typing.ts";

describe("createTyping", () => {
  it("has somebody type until that expires", () => {
    const typing = createTyping(100);
    expect(typing.nextExpiry).to.equal(undefined);
    typing.heard("Ann", 0);
    typing.heard("Ben", 50);
    expect(typing.nextExpiry).to.equal(100);
    expect(typing.who(99)).to.deep.equal(["Ann", "Ben"]);
    expect(typing.who(100)).to.deep.equal(["Ben"]);
    expect(typing.who(150)).to.deep.equal([]);
    expect(typing.nextExpiry).to.equal(undefined);
  });

  it("puts the end off with each word, and keeps the order", () => {
    const typing = createTyping(100);
    typing.heard("Ann", 0);
    typing.heard("Ben", 0);
    typing.heard("Ann", 50);
    expect(typing.who(99)).to.deep.equal(["Ann", "Ben"]);
    expect(typing.who(149)).to.deep.equal(["Ann"]);
  });

  it("ends at once for one who said it or left, and for all when the connection is lost", () => {
    const typing = createTyping();
    for (const nick of ["Ann", "Ben", "Cid"]) typing.heard(nick, 0);
    typing.stopped("Ben");
    expect(typing.who(1)).to.deep.equal(["Ann", "Cid"]);
    typing.clear();
    expect(typing.who(1)).to.deep.equal([]);
  });
});

describe("typingSentence", () => {
  const sentence = (...nicks: string[]) =>
    typingSentence(nicks)
      .map(({ text, isNick }) => (isNick ? `<${text}>` : text))
      .join("");

  it("names up to three, apart from the words between them", () => {
    expect(sentence()).to.equal("");
    expect(sentence("Ann")).to.equal("<Ann> is typing…");
    expect(sentence("Ann", "Ben")).to.equal("<Ann> and <Ben> are typing…");
    expect(sentence("Ann", "Ben", "Cid")).to.equal("<Ann>, <Ben> and <Cid> are typing…");
  });

  it("counts more", () => {
    expect(sentence("Ann", "Ben", "Cid", "Dee")).to.equal("4 people are typing…");
  });
});
