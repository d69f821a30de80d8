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
    expect(res).to.include({ statusCode: 200, statusMessage: undefined });
    expect(Reflect.get(res, "locals")).to.equal(undefined);
  });

  it("learns the symbols that the first pipeline has set", () => {
    const shape = new Shape();
    const { req: first, res } = prepared(shape);
    Reflect.set(first, OF_ROUTER, "/:name");
    shape.learn(first, res);
    const second = prepared(shape).req;
    expect(Object.getOwnPropertySymbols(second)).to.include(OF_ROUTER);
    expect(Reflect.get(second, OF_ROUTER)).to.equal(undefined);
  });

  it("learns no name, and nothing that was defined and not set", () => {
    const shape = new Shape();
    const { req: first, res } = prepared(shape);
    const hidden = Symbol("hidden");
    Reflect.set(first, "session", {});
    Object.defineProperty(first, hidden, { value: [], enumerable: false });
    shape.learn(first, res);
    const second = prepared(shape).req;
    expect(second).not.to.have.property("session");
    expect(Object.getOwnPropertySymbols(second)).not.to.include(hidden);
  });

  it("leaves a request alone whose class has such a property, as a getter", () => {
    class Named extends IncomingMessage {
      get originalUrl(): string {
        return "/eggs";
      }
    }
    const req = new Named(new Socket());
    new Shape().prepare(req, new ServerResponse(req));
    expect(req).to.have.property("originalUrl", "/eggs");
    expect(req).not.to.have.property("route");
  });

  it("hides no locals that an app has on the prototype of its responses", () => {
    const shape = new Shape();
    const { req, res } = prepared(shape);
    shape.learn(req, res);
    expect(prepared(shape).res).not.to.have.property("locals");
  });

  it("learns that the first pipeline has set locals", () => {
    const shape = new Shape();
    const { req, res } = prepared(shape);
    Reflect.set(res, "locals", {});
    shape.learn(req, res);
    expect(prepared(shape).res).to.have.property("locals", undefined);
  });

  it("learns nothing before the first request", () => {
    const shape = new Shape();
    const unknown = new IncomingMessage(new Socket());
    Reflect.set(unknown, OF_ROUTER, "/:name");
    shape.learn(unknown, new ServerResponse(unknown));
    expect(Object.getOwnPropertySymbols(prepared(shape).req)).not.to.include(OF_ROUTER);
  });
});

function prepared(shape: Shape): { req: IncomingMessage; res: ServerResponse } {
  const req = new IncomingMessage(new Socket());
  const res = new ServerResponse(req);
  shape.prepare(req, res);
  return { req, res };
}
