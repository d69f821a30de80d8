import { MultiBar, Presets } from "cli-progress";
import { formatDuration } from "../duration.ts";
import type { Output } from "../output.ts";
import type { Forecast, Stage } from "./forecast.ts";
import type { Progress } from "./progress.ts";
import { awaited, failed, type Tally } from "./tally.ts";
import { WORDS } from "./transcript.ts";

/** Leaves room for six digits, a rate and a time on a terminal of 80 characters. */
const BAR_SIZE = 24;

/** Draws three bars: how many clients connected so far, how many words were answered, and how many clients are done. */
export function progressBars(output: Output, tally: Tally, forecast: Forecast): Progress {
  const { clients } = tally;
  const words = clients * WORDS.length;
  const bars = new MultiBar(
    {
      stream: output,
      format: "{name} {bar} {value}/{total}{note}",
      barsize: BAR_SIZE,
      hideCursor: true,
      forceRedraw: true,
      gracefulExit: false,
    },
    Presets.shades_classic,
  );
  const connected = bars.create(clients, 0, { name: "connected", note: "" });
  const answered = bars.create(words, 0, { name: "answered ", note: "" });
  const done = bars.create(clients, 0, { name: "done     ", note: "" });
  bars.on("update-pre", () => {
    const { connecting, answers, finishing } = forecast(performance.now());
    connected.update(tally.connected, { note: awaited(tally) > 0 ? noteOf(connecting) : "" });
    // Clients that begin anew say their words once more.
    answered.update(Math.min(words, tally.echoes.count), { note: `, ${perSecond(answers)}` });
    const failures = failed(tally);
    done.update(tally.completed, {
      note: noteOf(finishing) + (failures > 0 ? `, ${failures} failed` : ""),
    });
  });
  const tell = (line: string) => bars.log(`${line}\n`);
  return {
    opened() {
      if (tally.open === clients) tell(`${clients} clients are connected!`);
    },
    closed() {},
    tell,
    end() {
      // Draws what came last. Without it a line that was just logged is lost.
      bars.update();
      bars.stop();
    },
  };
}

function noteOf({ rate, left }: Stage): string {
  const time = left === undefined || left === 0 ? "" : `, ${formatDuration(left)} left`;
  return `, ${perSecond(rate)}${time}`;
}

function perSecond(rate: number): string {
  return `${rate.toFixed(rate < 10 ? 1 : 0)}/s`;
}
