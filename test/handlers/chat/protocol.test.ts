import { expect } from "chai";
import {
  type ErrorCode,
  foldNick,
  formatFrame,
  isBlank,
  MAX_NICK,
  MAX_REF,
  MAX_ROOM,
  MAX_TEXT,
  type MemberFrame,
  parseMemberFrame,
  parseNick,
  parseRoom,
  parseServerFrame,
  type ServerFrame,
} from "../../../handlers/chat/protocol.ts";

const EMOJI = "\u{1F600}";

describe("the chat's protocol", () => {
  describe("parseRoom", () => {
    for (const room of [
      "lobby",
      "a",
      "Room-1_x",
      "部屋",
      "комната",
      "غرفة",
      "कमरा",
      "٣",
      "-",
      "_",
      "\u{20000}",
    ]) {
      it(`takes ${room}`, () => expect(parseRoom(room)).to.equal(room.normalize()));
    }

    it("gives the same room however an accent is written", () => {
      expect(parseRoom("cafe\u0301")).to.equal("caf\u00e9");
    });

    it("counts characters, and not what they are encoded in", () => {
      expect(parseRoom("\u{20000}".repeat(MAX_ROOM))).to.equal("\u{20000}".repeat(MAX_ROOM));
      expect(parseRoom("\u{20000}".repeat(MAX_ROOM + 1))).to.equal(undefined);
      expect(parseRoom("e\u0301".repeat(MAX_ROOM))).to.equal("\u00e9".repeat(MAX_ROOM));
      expect(parseRoom("a".repeat(1_000_000))).to.equal(undefined);
    });

    for (const [what, room] of Object.entries({
      nothing: "",
      "white space": "a b",
      "a line's end": "a\n",
      punctuation: "a.b",
      "a dot": ".",
      "a slash": "a/b",
      emoji: EMOJI,
      "a mark without a letter": "\u0301a",
      "a zero-width space": "a\u200bb",
      "a letter that nobody sees": "\u3164",
      "a selector that nobody sees": "a\ufe0f",
      "a control character": "a\u0000",
      "an override of direction": "a\u202eb",
      "half a surrogate pair": "a\ud83d",
    })) {
      it(`refuses ${what}`, () => expect(parseRoom(room)).to.equal(undefined));
    }
  });

  describe("parseNick", () => {
    for (const nick of [
      "Bob",
      "b",
      "Zoë",
      "李小龍",
      "Jean Luc",
      "<script>",
      EMOJI,
      "👩‍👩‍👧",
      "O'Neil",
      "a.b@c",
    ]) {
      it(`takes ${nick}`, () => expect(parseNick(nick)).to.equal(nick));
    }

    it("trims, and writes accents in one way", () => {
      expect(parseNick(" \u00a0 Zoe\u0308 \u3000")).to.equal("Zo\u00eb");
    });

    it("counts characters, once it is trimmed", () => {
      expect(parseNick(` ${EMOJI.repeat(MAX_NICK)} `)).to.equal(EMOJI.repeat(MAX_NICK));
      expect(parseNick(EMOJI.repeat(MAX_NICK + 1))).to.equal(undefined);
    });

    for (const [what, nick] of Object.entries({
      nothing: "",
      "white space": " \t ",
      "zero-width characters alone": "\u200b\u200d\u2060\ufeff",
      "letters that nobody sees": "\u3164\u115f",
      "blank braille": "\u2800",
      "marks without a letter": "\u0301\u0302",
      "a control character": "a\u0007b",
      "an end of line": "a\nb",
      "a separator of lines": "a\u2028b",
      "a separator of paragraphs": "a\u2029b",
      "a right-to-left override": "a\u202eb",
      "an isolate": "a\u2066b",
      "a right-to-left mark": "a\u200fb",
      "half a surrogate pair": "a\ude00",
    })) {
      it(`refuses ${what}`, () => expect(parseNick(nick)).to.equal(undefined));
    }
  });

  describe("foldNick", () => {
    for (const [one, other] of [
      ["Bob", "bob"],
      ["bob", "b\u200bob"],
      ["Zoë", "ZOË"],
      ["Straße", "STRASSE"],
      ["STRAẞE", "straße"],
      ["STRAẞE", "strasse"],
      ["ΣΊΣΥΦΟΣ", "σίσυφος"],
      ["a b", "a\u00a0b"],
      ["bob", "bob\ufe0f"],
      ["soft", "so\u00adft"],
      ["\u1fb4", "\u03b1\u200d\u0345\u0301"],
    ] as const) {
      it(`takes ${one} and ${JSON.stringify(other)} for one`, () =>
        expect(foldNick(one)).to.equal(foldNick(other)));
    }

    it("tells others apart", () => {
      expect(foldNick("bob")).to.not.equal(foldNick("rob"));
      expect(foldNick("zoe")).to.not.equal(foldNick("zoë"));
    });
  });

  describe("parseMemberFrame", () => {
    it("reads what it wrote", () => {
      const frames: MemberFrame[] = [{ type: "typing" }, { type: "message", ref: "1", text: "Hello" }];
      for (const frame of frames) expect(parseMemberFrame(formatFrame(frame))).to.deep.equal(frame);
    });

    for (const [what, text] of Object.entries({
      "white space around it": "  Hello\n\n",
      HTML: "<script>alert(1)</script>",
      "what overrides direction": "abc\u202edef",
      "zero-width characters": "\u200b",
      "nothing but white space": " \n\t\u00a0\u3000",
      "characters that JSON escapes": '\u0000\u2028"\\\u007f',
      "accents in two parts": "e\u0301",
      "as many emoji as may be": EMOJI.repeat(MAX_TEXT),
    })) {
      it(`leaves a text with ${what} as it is`, () => {
        const frame = { type: "message", ref: EMOJI.repeat(MAX_REF), text };
        expect(parseMemberFrame(JSON.stringify(frame))).to.deep.equal(frame);
      });
    }

    it("passes over members that it does not know", () => {
      expect(parseMemberFrame('{"type":"typing","nick":"eve","id":7}')).to.deep.equal({ type: "typing" });
    });

    const message = (more: object) => JSON.stringify({ type: "message", ref: "1", text: "Hello", ...more });

    const refused: Record<string, [data: string, code: ErrorCode, ref?: string]> = {
      nothing: ["", "invalid"],
      "no JSON": ["Hello", "invalid"],
      "JSON that is cut off": ['{"type":"typing"', "invalid"],
      null: ["null", "invalid"],
      "an array": ['[{"type":"typing"}]', "invalid"],
      "a number": ["1", "invalid"],
      "a string": ['"typing"', "invalid"],
      "arrays in arrays without end": ["[".repeat(500_000), "invalid"],
      "no type": ["{}", "invalid"],
      "an unknown type": ['{"type":"kick","nick":"bob"}', "invalid"],
      "an unknown type with a ref": ['{"type":"shout","ref":"1","text":"Hello"}', "invalid", "1"],
      "an unknown type with half a ref": ['{"type":"shout","ref":"\\ud83d"}', "invalid"],
      "a type that every object has": ['{"type":"constructor"}', "invalid"],
      "a type that is no string": ['{"type":["typing"]}', "invalid"],
      "a type through the prototype": ['{"__proto__":{"type":"typing"}}', "invalid"],
      "a type of the server's": ['{"type":"left","nick":"bob"}', "invalid"],
      "no ref": [message({ ref: undefined }), "invalid"],
      "an empty ref": [message({ ref: "" }), "invalid"],
      "a ref that is no string": [message({ ref: 1 }), "invalid"],
      "half a surrogate pair as ref": [message({ ref: "\ud83d" }), "invalid"],
      "a ref too long": [message({ ref: "r".repeat(MAX_REF + 1) }), "too-long", "r".repeat(MAX_REF + 1)],
      "a huge ref": [message({ ref: "r".repeat(1_000_000) }), "too-long"],
      "no text": [message({ text: undefined }), "invalid", "1"],
      "a text that is null": [message({ text: null }), "invalid", "1"],
      "a text that is an object": [message({ text: { toString: "x" } }), "invalid", "1"],
      "half a surrogate pair": [message({ text: "a\ud83d" }), "invalid", "1"],
      "an empty text": [message({ text: "" }), "empty", "1"],
      "a text too long": [message({ text: "x".repeat(MAX_TEXT + 1) }), "too-long", "1"],
      "an emoji too many": [message({ text: EMOJI.repeat(MAX_TEXT + 1) }), "too-long", "1"],
      "a huge text": [message({ text: "x".repeat(1_000_000) }), "too-long", "1"],
    };
    for (const [what, [data, code, ref]] of Object.entries(refused)) {
      it(`refuses ${what}, and says what is wrong`, () => {
        const frame = parseMemberFrame(data);
        if (frame.type !== "error") throw new Error("Not refused");
        expect(frame).to.include({ code });
        expect(frame.ref).to.equal(ref);
        expect(frame.message).to.match(/^[A-Z].{10,100}$/);
      });
    }
  });

  describe("isBlank", () => {
    for (const text of ["", " ", " \n\t\u00a0\u3000", "\u200b", " \u200d\ufeff\u3164 ", "\ufe0f"]) {
      it(`sees nothing in ${JSON.stringify(text)}`, () => expect(isBlank(text)).to.equal(true));
    }

    for (const text of [" a ", EMOJI, "\u0301", "-"]) {
      it(`sees something in ${JSON.stringify(text)}`, () => expect(isBlank(text)).to.equal(false));
    }
  });

  describe("parseServerFrame", () => {
    const frames: ServerFrame[] = [
      { type: "welcome", room: "lobby", nick: "bob", members: ["ann", "bob"] },
      { type: "gap" },
      { type: "message", id: "7", ref: "1", nick: "bob", text: "Hello", time: "2026-01-01T00:00:00.000Z" },
      { type: "ready" },
      { type: "ack", ref: "1", id: "7" },
      { type: "joined", nick: "ann" },
      { type: "left", nick: "ann" },
      { type: "typing", nick: "ann" },
      { type: "error", code: "flood", message: "Too many messages", ref: "1", wait: 500 },
    ];
    for (const frame of frames) {
      it(`reads ${frame.type}`, () => expect(parseServerFrame(formatFrame(frame))).to.deep.equal(frame));
    }

    for (const data of [
      "Hello",
      "null",
      "[]",
      "{}",
      '{"type":"party"}',
      '{"type":"ack","ref":"1"}',
      '{"type":"joined","nick":7}',
      '{"type":"welcome","room":"lobby","nick":"bob","members":["ann",7]}',
    ]) {
      it(`passes over ${data}`, () => expect(parseServerFrame(data)).to.equal(undefined));
    }
  });
});
