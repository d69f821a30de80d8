import { describeLog } from "./describe-log.ts";

describeLog("SQLite", new URL("sqlite-backend.ts", import.meta.url));
