import express, { type Request, type Response, Router } from "express";
import { readPage } from "./pages.ts";
import { render } from "./template.ts";

/** The page with a GET and a POST form that shows the fields it received: plain HTTP still works beside WebSockets. */
export function forms(): Router {
  const template = readPage("forms");

  function show(req: Request, res: Response): void {
    res.send(render(template, { method: req.method, get: fields(req.query), post: fields(req.body) }));
  }

  const router = Router();
  router.get("/", show);
  router.post("/", express.urlencoded({ extended: false }), show);
  return router;
}

/** Writes fields as JSON; a request without a form's body has none. */
function fields(received: unknown): string {
  return JSON.stringify(received ?? {});
}
