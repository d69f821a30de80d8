import express, { type Express } from "express";
import { serve } from "./commands/serve/index.ts";
import { isMain } from "./commands/serve/is-main.ts";
import type { Log } from "./handlers/chat/log/log.ts";
import { openLog } from "./handlers/chat/open-log.ts";
import { accessLog } from "./views/access-log.ts";
import { chat } from "./views/chat.ts";
import { echo } from "./views/echo.ts";
import { errors } from "./views/errors.ts";
import { forms } from "./views/forms.ts";
import { life } from "./views/life.ts";
import { CHAT, LIFE, oneProcess } from "./views/one-process.ts";
import { pages } from "./views/pages.ts";

/** Options of {@link createApp}. */
export interface AppOptions {
  /** A format of morgan, such as `"tiny"`, in which each request is logged; `"off"` for none. Default: `"off"`. */
  log?: string;
  /** Told of the Game of Life's progress, a line at a time. Default: nobody. */
  notice?: (line: string) => void;
  /** Keeps what is said in the chat; whoever gives it closes it. Default: none, and no chat. */
  chatLog?: Log;
  /** How many processes serve. With more than one there are no Game of Life and no chat, whose state is in one. Default: 1. */
  workers?: number;
}

/** Makes the demo app. Its WebSocket views work on a server that `hookUpgrades(server)` was called on. */
export function createApp({
  log = "off",
  notice = () => {},
  chatLog,
  workers = 1,
}: AppOptions = {}): Express {
  const app = express();
  app.disable("x-powered-by");
  if (log !== "off") app.use(accessLog(log));
  app.use("/pages", pages());
  app.use("/test/wsgi", forms());
  app.use("/test", echo());
  if (workers > 1) app.use("/chat", oneProcess(CHAT));
  else if (chatLog) app.use("/chat", chat(chatLog));
  app.use("/", workers > 1 ? oneProcess(LIFE) : life(notice));
  app.use(errors());
  return app;
}

if (isMain(import.meta.filename)) {
  await serve(({ log, workers, data }) => {
    const chatLog = openLog(data, console.error);
    return {
      app: createApp({ log, workers, chatLog, notice: console.log }),
      close: () => chatLog.close(),
    };
  });
}
