import { expect } from "chai";
import express from "express";
import type { Connection } from "../../middleware/connection.ts";
import { type Handler, websocket } from "../../middleware/websocket.ts";

/** Checked by the compiler: a line below an "expect-error" that is no error fails the type check. */
describe("the types of websocket", () => {
  const app = express();

  it("know the params that the route names", () => {
    app.get<string, { name: string }>(
      "/echo/:name",
      websocket((ws, req) => {
        ws.send(req.params.name);
        // @ts-expect-error the route has no such param
        ws.send(req.params.nobody);
      }),
    );
    expect(app.get).to.be.a("function");
  });

  it("take a param of a route that names none for text, which may be missing", () => {
    app.get(
      "/echo/:name",
      websocket((ws, req) => {
        ws.send(`Hello ${req.params.name}!`);
        // @ts-expect-error a param is text
        req.params.name?.toFixed();
      }),
    );
    expect(app.get).to.be.a("function");
  });

  it("take the params that are named", () => {
    app.get(
      "/rooms/:room",
      websocket<{ room: string }>((ws, req) => {
        // @ts-expect-error the params have no such name
        ws.send(req.params.nobody);
        ws.send(req.params.room);
      }),
    );
    const handler: Handler<{ room: string }> = (ws, req) => ws.send(req.params.room);
    expect(websocket(handler)).to.be.a("function");
  });

  it("know what a connection receives and sends", () => {
    async function use(ws: Connection): Promise<void> {
      for await (const message of ws)
        await ws.send(typeof message === "string" ? message : message.subarray(1));
      // @ts-expect-error a number is no message
      ws.send(1);
      // @ts-expect-error a message may be binary
      (await ws.recv()).trim();
    }
    expect(websocket(use)).to.be.a("function");
  });

  it("refuse an option that does not exist, or of a wrong type", () => {
    // @ts-expect-error the option is "maxPayload"
    expect(() => websocket(() => {}, { maxPayLoad: 1 })).to.throw(TypeError);
    // @ts-expect-error a list of names
    expect(() => websocket(() => {}, { protocols: "v1" })).to.throw(TypeError);
  });
});
