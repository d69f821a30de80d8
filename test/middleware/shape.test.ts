import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { expect } from "chai";
import { Shape } from "../../middleware/shape.ts";

const OF_ROUTER = Symbol("of a router");

describe("Shape", () => {
  it("changes nothing that anybody reads", () => {
    const { req, res } = prepared(new Shape());
    for (const name of ["next", "baseUrl", "originalUrl", "params", "route", "res"]) {
      expect(Reflect.get(req, name), name).to.equal(undefined);
    }
    expect(res).to.include({ statusCode: 200, statusMessage: undefined, locals: undefined });
  });

  it("learns the symbols that the first pipeline has set", () => {
    const shape = new Shape();
    const first = prepared(shape).req;
    Reflect.set(first, OF_ROUTER, "/:name");
    shape.learn(first);
    const second = prepared(shape).req;
    expect(Object.getOwnPropertySymbols(second)).to.include(OF_ROUTER);
    expect(Reflect.get(second, OF_ROUTER)).to.equal(undefined);
  });

  it("learns no name, and nothing that was defined and not set", () => {
    const shape = new Shape();
    const first = prepared(shape).req;
    const hidden = Symbol("hidden");
    Reflect.set(first, "session", {});
    Object.defineProperty(first, hidden, { value: [], enumerable: false });
    shape.learn(first);
    const second = prepared(shape).req;
    expect(second).not.to.have.property("session");
    expect(Object.getOwnPropertySymbols(second)).not.to.include(hidden);
  });

  it("learns nothing before the first request", () => {
    const shape = new Shape();
    const unknown = new IncomingMessage(new Socket());
    Reflect.set(unknown, OF_ROUTER, "/:name");
    shape.learn(unknown);
    expect(Object.getOwnPropertySymbols(prepared(shape).req)).not.to.include(OF_ROUTER);
  });
});

function prepared(shape: Shape): { req: IncomingMessage; res: ServerResponse } {
  const req = new IncomingMessage(new Socket());
  const res = new ServerResponse(req);
  shape.prepare(req, res);
  return { req, res };
}
