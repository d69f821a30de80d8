import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import express, { type RequestHandler, type Response } from "express";
import { PACKAGE_ROOT } from "./package-root.ts";

/** Where the build puts the pages. */
const PAGES = join(PACKAGE_ROOT, "dist/views/pages");

/** Browsers keep what they got, and ask each time whether it has changed (the answer is a 304). */
const CACHE_CONTROL = "no-cache";

/** Serves what the pages refer to (scripts, styles, the favicon) at its place in the build: `/life/page.js`. */
export function pages(): RequestHandler {
  return express.static(PAGES, { index: false, redirect: false, setHeaders });
}

/**
 * Returns a view that sends a page's `index.html`. The page resolves its WebSocket's URL against its own, so a URL
 * without the slash at its end is redirected to the one with it.
 *
 * @param name - the page's folder in `views/pages`
 */
export function page(name: string): RequestHandler {
  return function page(req, res) {
    const query = req.originalUrl.search(/\?|$/);
    const pathname = req.originalUrl.slice(0, query);
    if (!pathname.endsWith("/")) {
      res.redirect(301, `./${basename(pathname)}/${req.originalUrl.slice(query)}`);
      return;
    }
    setHeaders(res);
    res.sendFile(`${name}/index.html`, { root: PAGES });
  };
}

/** Reads a page's `index.html`, for a view that fills in something. */
export function readPage(name: string): string {
  return readFileSync(`${PAGES}/${name}/index.html`, "utf8");
}

function setHeaders(res: Response): void {
  res.setHeader("Cache-Control", CACHE_CONTROL);
}
