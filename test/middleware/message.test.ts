import { expect } from "chai";
import { toMessage } from "../../middleware/message.ts";

describe("toMessage", () => {
  it("leaves a string and a Buffer as they are", () => {
    const buffer = Buffer.from("eggs");
    expect(toMessage("spam")).to.equal("spam");
    expect(toMessage(buffer)).to.equal(buffer);
  });

  it("takes just the part of memory that a view shows", () => {
    const memory = Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8]).buffer;
    const part = Buffer.from([3, 4, 5, 6]);
    expect(toMessage(new Uint8Array(memory, 2, 4))).to.deep.equal(part);
    expect(toMessage(new DataView(memory, 2, 4))).to.deep.equal(part);
    expect(toMessage(new Uint16Array(memory, 2, 2))).to.deep.equal(part);
  });

  it("takes all of an ArrayBuffer", () => {
    expect(toMessage(Uint8Array.from([1, 2, 3]).buffer)).to.deep.equal(Buffer.from([1, 2, 3]));
    expect(toMessage(new ArrayBuffer(0))).to.deep.equal(Buffer.alloc(0));
  });

  it("throws a TypeError for anything else", () => {
    const others: unknown[] = [
      undefined,
      null,
      1,
      true,
      {},
      [],
      ["x"],
      new Blob(["x"]),
      Symbol("x"),
      () => "x",
    ];
    // The type of `toMessage` forbids them; a caller without types does not know.
    for (const other of others) expect(() => Reflect.apply(toMessage, null, [other])).to.throw(TypeError);
  });
});
