import type { Output } from "../output.ts";
import type { Forecast } from "./forecast.ts";
import { progressBars } from "./progress-bars.ts";
import { progressLines } from "./progress-lines.ts";
import type { Tally } from "./tally.ts";

/** Shows how far the clients have come. */
export interface Progress {
  /** A client connected, and is in the tally. */
  opened(): void;
  /** A client's connection ended, and is out of the tally. */
  closed(): void;
  /** Shows a line of text. */
  tell(line: string): void;
  /** Nothing more will come. */
  end(): void;
}

/** Shows progress in place where output is a terminal, and as lines where it is none. */
export function progress(output: Output, tally: Tally, forecast: Forecast): Progress {
  return output.isTTY ? progressBars(output, tally, forecast) : progressLines(output, tally);
}

/** Shows progress where somebody watches, beside an output that a script reads. */
export function progressAside(errors: Output, tally: Tally, forecast: Forecast): Progress {
  if (errors.isTTY) return progressBars(errors, tally, forecast);
  const tell = (line: string) => void errors.write(`${line}\n`);
  return { opened() {}, closed() {}, tell, end() {} };
}
