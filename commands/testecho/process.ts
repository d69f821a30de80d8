/**
 * A process that runs one share of the clients; `processes.ts` starts it.
 *
 * It says that it is there, is sent its share, and reports news. It ends when its clients are done, when it is told to stop,
 * or when nobody is left to report to. Its connections end with it.
 */
import { reporter } from "./news.ts";
import { isShare, runShare } from "./share.ts";

const reports = reporter(send);

process.on("message", async (order) => {
  if (isShare(order)) await runShare(order, reports);
  await reports.flush();
  process.exit();
});
process.on("disconnect", () => process.exit());

await send("ready");

/** Resolves in any case: if nobody listens any more, the process is about to end. */
function send(message: unknown): Promise<void> {
  return new Promise((resolve) => {
    process.send?.(message, () => resolve());
  });
}
