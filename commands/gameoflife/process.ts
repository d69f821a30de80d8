/**
 * A process that plays one share of a game; `processes.ts` starts it.
 *
 * It says that it is there, is sent its share, and reports how far it is. It ends when it is told that all are through, when the game
 * breaks off, or when nobody is left to report to. Its connections end with it.
 */
import { CommandError } from "../errors.ts";
import { failureCause } from "../failure.ts";
import { lossOf } from "./loss.ts";
import { isOrder, type Report } from "./process-messages.ts";
import { playShare, type Share } from "./share.ts";
import { StepClock } from "./step-clock.ts";

/** How often it reports, in milliseconds. */
const INTERVAL = 100;

let end = (): void => {};
const over = new Promise<void>((resolve) => {
  end = resolve;
});

process.on("message", (message) => {
  if (!isOrder(message)) return;
  if (message.type === "play") void play(message.share);
  else end();
});
process.on("disconnect", () => process.exit());

await send({ type: "ready" });

async function play(share: Share): Promise<void> {
  const stepTimes: number[] = [];
  const progress = new StepClock(share.cells, (milliseconds) => stepTimes.push(milliseconds));
  const report = (): Promise<void> => {
    const { connected, subscribed, updates } = progress;
    return send({
      type: "progress",
      progress: { connected, subscribed, updates },
      stepTimes: stepTimes.splice(0),
    });
  };
  setInterval(report, INTERVAL);
  try {
    await playShare(share, progress, async () => {
      await report();
      await send({ type: "through" });
      await over;
    });
  } catch (error) {
    if (lossOf(error) === "cell") await send({ type: "refused", cause: failureCause(error) });
    else await send({ type: "failed", message: explain(error) });
  }
  process.exit();
}

function explain(error: unknown): string {
  return error instanceof CommandError ? error.message : `The game broke off: ${failureCause(error)}`;
}

/** Resolves in any case: if nobody listens any more, the process is about to end. */
function send(report: Report): Promise<void> {
  return new Promise((resolve) => {
    process.send?.(report, () => resolve());
  });
}
