import express, { type Express } from "express";
import { serve } from "./commands/serve/index.ts";
import { isMain } from "./commands/serve/is-main.ts";
import { Rooms } from "./handlers/chat/rooms.ts";
import { hostServices, openServices, ownServices, type Services } from "./handlers/services.ts";
import { accessLog } from "./views/access-log.ts";
import { chat } from "./views/chat.ts";
import { echo } from "./views/echo.ts";
import { errors } from "./views/errors.ts";
import { forms } from "./views/forms.ts";
import { health } from "./views/health.ts";
import { life } from "./views/life.ts";
import { pages } from "./views/pages.ts";

/** Options of {@link createApp}. */
export interface AppOptions {
  /** A format of morgan, such as `"tiny"`, in which each request is logged; `"off"` for none. Default: `"off"`. */
  log?: string;
  /** Told of the Game of Life's progress, a line at a time. Default: nobody. */
  notice?: (line: string) => void;
  /** What this server shares with others; whoever gives it closes it. Default: nothing, games that are its own, and no chat. */
  services?: Services;
}

/** Makes the demo app. Its WebSocket views work on a server that `hookUpgrades(server)` was called on. */
export function createApp({ log = "off", notice = () => {}, services }: AppOptions = {}): Express {
  const app = express();
  app.disable("x-powered-by");
  if (log !== "off") app.use(accessLog(log));
  app.use("/pages", pages());
  app.use("/test/wsgi", forms());
  app.use("/test", echo());
  if (services) app.use("/chat", chat(new Rooms(services)));
  if (services) app.use("/healthz", health(services.vitals));
  app.use("/", life(services ?? ownServices(), notice));
  app.use(errors());
  return app;
}

if (isMain(import.meta.filename)) {
  await serve(({ log, workers, data, redis: url, redisPrefix: prefix, redisCluster: cluster }) => {
    const redis = url === undefined ? undefined : { url, prefix, cluster };
    const services = openServices({ data, workers, redis }, console.error);
    const app = createApp({ log, services, notice: console.log });
    return { app, close: services.close };
  }, hostServices);
}
