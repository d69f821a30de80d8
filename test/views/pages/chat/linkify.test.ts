import { expect } from "chai";
import { linkify } from "../../../../views/pages/chat/room/linkify.ts";

describe("linkify", () => {
  const links = (text: string) => linkify(text).flatMap(({ text, href }) => (href ? [text] : []));

  it("finds links of http and https among the words, and gives where they lead", () => {
    expect(linkify("See http://a.example and HTTPS://B.example/c?d=1#e now")).to.deep.equal([
      { text: "See " },
      { text: "http://a.example", href: "http://a.example/" },
      { text: " and " },
      { text: "HTTPS://B.example/c?d=1#e", href: "https://b.example/c?d=1#e" },
      { text: " now" },
    ]);
  });

  it("leaves a text without links in one piece, and an empty one in none", () => {
    expect(linkify("a\nb")).to.deep.equal([{ text: "a\nb" }]);
    expect(linkify("")).to.deep.equal([]);
  });

  it("knows no other scheme", () => {
    for (const text of [
      "javascript:alert(1)",
      "JaVaScRiPt://%0aalert(1)",
      "data:text/html,<script>alert(1)</script>",
      "vbscript:x",
      "file:///etc/passwd",
      "ftp://a.example",
      "xhttps://a.example",
      "www.a.example",
    ]) {
      expect(links(text), text).to.deep.equal([]);
    }
  });

  it("leaves the punctuation behind a link to the sentence", () => {
    for (const tail of [
      ".",
      ",",
      "!",
      "?",
      "?!",
      "...",
      "…",
      ":",
      ";",
      "'",
      "”",
      ")",
      ").",
      "]",
      "**",
      "_",
    ]) {
      expect(links(`(see https://a.example/b${tail} Yes`), tail).to.deep.equal(["https://a.example/b"]);
    }
  });

  it("keeps brackets that belong to the link", () => {
    const url = "https://en.example/wiki/Life_(game)";
    expect(links(url)).to.deep.equal([url]);
    expect(links(`(${url})`)).to.deep.equal([url]);
  });

  it("ends a link before quotes, angle brackets and what turns the direction of writing", () => {
    for (const stop of ['"', "<", ">", "`", "\u202e", "\u2066", "\u200f"]) {
      expect(links(`https://a.example/b${stop}c`), stop).to.deep.equal(["https://a.example/b"]);
    }
  });

  it("makes no link of a URL that names a user, nor of one without a host", () => {
    for (const text of [
      "https://bank.example@evil.example/",
      "https://a:b@c.example",
      "https://",
      "http://?",
    ]) {
      expect(links(text), text).to.deep.equal([]);
    }
  });

  it("takes letters of any script", () => {
    expect(linkify("https://bücher.example/été")).to.deep.equal([
      { text: "https://bücher.example/été", href: "https://xn--bcher-kva.example/%C3%A9t%C3%A9" },
    ]);
  });

  it("gives the text back unchanged, however odd", () => {
    for (const text of [
      "https://a.example.https://b.example,https://c.example",
      "<img src=x onerror=alert(1)> https://a.example\">'",
      "😀".repeat(4_000),
      "https://a.example/".repeat(222),
      `https://a.example/${")".repeat(3_900)}`,
    ]) {
      expect(
        linkify(text)
          .map((segment) => segment.text)
          .join(""),
      ).to.equal(text);
    }
  });
});
