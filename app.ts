import type { Server } from "node:http";
import express, { type Express } from "express";
import { serve } from "./commands/serve/index.ts";
import { isMain } from "./commands/serve/is-main.ts";
import { Rooms } from "./handlers/chat/rooms.ts";
import { hostServices, openServices, ownServices, type Services } from "./handlers/services.ts";
import type { AccessOptions } from "./views/access.ts";
import { accessLog } from "./views/access-log.ts";
import { chat } from "./views/chat.ts";
import { echo } from "./views/echo.ts";
import { errors } from "./views/errors.ts";
import { forms } from "./views/forms.ts";
import { health } from "./views/health.ts";
import { life } from "./views/life.ts";
import { pages } from "./views/pages.ts";
import { status } from "./views/status.ts";

/** Options of {@link createApp}. */
export interface AppOptions {
  /** A format of morgan, such as `"tiny"`, in which each request is logged; `"off"` for none. Default: `"off"`. */
  log?: string;
  /** Told of the Game of Life's progress, a line at a time. Default: nobody. */
  notice?: (line: string) => void;
  /** What this server shares with others; whoever gives it closes it. Default: nothing, games that are its own, and no chat. */
  services?: Services;
  /** What serves the app, and tells of itself at `/status/` and `/metrics`. Default: nothing does. */
  server?: Server;
  /** Who may see that. Default: this machine alone. */
  access?: AccessOptions;
}

/** Makes the demo app. Its WebSocket views work on a server that `hookUpgrades(server)` was called on. */
export function createApp(options: AppOptions = {}): Express {
  const { log = "off", notice = () => {}, services, server, access } = options;
  const shared = services ?? ownServices();
  const app = express();
  app.disable("x-powered-by");
  if (log !== "off") app.use(accessLog(log));
  app.use("/pages", pages());
  app.use("/test/wsgi", forms());
  app.use("/test", echo());
  if (services) app.use("/chat", chat(new Rooms(services)));
  app.use("/healthz", health(services?.vitals, server));
  if (server) app.use(status(server, shared, access));
  app.use("/", life(shared, notice));
  app.use(errors());
  return app;
}

if (isMain(import.meta.filename)) {
  await serve(({ log, workers, data, redis, access }, server) => {
    const services = openServices({ data, workers, redis }, console.error);
    const app = createApp({ log, services, server, access, notice: console.log });
    return { app, close: services.close };
  }, hostServices);
}
