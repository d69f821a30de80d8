import { Router } from "express";
import { readPage } from "./pages.ts";
import { render } from "./template.ts";

/** A demo whose state is in one process. */
export interface Demo {
  /** What it is called, as the page's heading: `Chat`. */
  readonly title: string;
  /** What it is called at the beginning of a sentence: `The chat`. */
  readonly subject: string;
  /** The URLs of its pages. */
  readonly pages: string[];
  /** The URLs of its WebSocket views, and of whatever else no person reads. */
  readonly views: string[];
}

/** The Game of Life: `/`, and `/games/NAME/`. */
export const LIFE: Demo = {
  title: "Game of Life",
  subject: "The Game of Life",
  pages: ["/", "/games/:name/"],
  views: ["/{games/:name/}reset/", "/{games/:name/}worker/", "/{games/:name/}watcher/"],
};

/**
 * What stands in for a demo on a server of many processes: its state is in one of them, and its clients would come to all. Its
 * pages say so, and its other views refuse with 501: a 503 would ask clients to come again (RFC 9110 §15.6.4), and this server
 * will not have learned it by then.
 */
export function oneProcess({ title, subject, pages, views }: Demo): Router {
  const html = render(readPage("one-process"), { title, subject });
  const router = Router();
  router.get(views, function oneProcess(_req, res) {
    const refusal = `${subject} runs in one process: start the server without --workers\n`;
    res.status(501).set("Cache-Control", "no-store").type("text/plain").send(refusal);
  });
  router.get(pages, function oneProcess(_req, res) {
    res.set("Cache-Control", "no-cache").send(html);
  });
  return router;
}
