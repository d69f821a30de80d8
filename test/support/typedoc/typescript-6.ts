/**
 * Lets TypeDoc find a TypeScript that it can ask: that of version 7, which the project compiles with, has no JavaScript API.
 * To be preloaded: `node --import ./test/support/typedoc/typescript-6.ts`.
 */

import { register } from "node:module";

const HOOKS = `export function resolve(name, context, next) {
  return next(name === "typescript" ? "typescript-6" : name, context);
}`;

register(`data:text/javascript,${encodeURIComponent(HOOKS)}`);
