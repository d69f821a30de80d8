import { MultiBar, Presets } from "cli-progress";
import type { Output } from "../output.ts";
import type { Progress } from "./progress.ts";
import { failed, type Tally } from "./tally.ts";

/** Draws two bars: how many clients connected so far, and how many are done. */
export function progressBars(output: Output, tally: Tally): Progress {
  const { clients } = tally;
  const bars = new MultiBar(
    {
      stream: output,
      format: "{name} {bar} {value}/{total}{note}",
      hideCursor: true,
      forceRedraw: true,
      gracefulExit: false,
    },
    Presets.shades_classic,
  );
  const connected = bars.create(clients, 0, { name: "connected", note: "" });
  const done = bars.create(clients, 0, { name: "done     ", note: "" });
  const draw = () => {
    connected.update(tally.connected);
    done.update(tally.completed, { note: failed(tally) > 0 ? `, ${failed(tally)} failed` : "" });
  };
  const tell = (line: string) => bars.log(`${line}\n`);
  return {
    opened() {
      draw();
      if (tally.open === clients) tell(`${clients} clients are connected!`);
    },
    closed: draw,
    tell,
    end() {
      draw();
      // Without it a line that was just logged is lost.
      bars.update();
      bars.stop();
    },
  };
}
