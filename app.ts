import express, { type Express } from "express";
import morgan from "morgan";
import { serve } from "./commands/serve/index.ts";
import { isMain } from "./commands/serve/is-main.ts";
import { echo } from "./views/echo.ts";
import { errors } from "./views/errors.ts";
import { forms } from "./views/forms.ts";
import { life } from "./views/life.ts";
import { noLife } from "./views/no-life.ts";
import { pages } from "./views/pages.ts";

/** Options of {@link createApp}. */
export interface AppOptions {
  /** A format of morgan, such as `"tiny"`, in which each request is logged; `"off"` for none. Default: `"off"`. */
  log?: string;
  /** Told of the Game of Life's progress, a line at a time. Default: nobody. */
  notice?: (line: string) => void;
  /** How many processes serve. With more than one there is no Game of Life, whose state is in one. Default: 1. */
  workers?: number;
}

/** Makes the demo app. Its WebSocket views work on a server that `hookUpgrades(server)` was called on. */
export function createApp({ log = "off", notice = () => {}, workers = 1 }: AppOptions = {}): Express {
  const app = express();
  app.disable("x-powered-by");
  if (log !== "off") app.use(morgan(log));
  app.use("/pages", pages());
  app.use("/test/wsgi", forms());
  app.use("/test", echo());
  app.use("/", workers > 1 ? noLife() : life(notice));
  app.use(errors());
  return app;
}

if (isMain(import.meta.filename)) {
  await serve(({ log, workers }) => createApp({ log, workers, notice: console.log }));
}
