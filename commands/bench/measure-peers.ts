import { type Column, columns } from "./columns.ts";
import type { InstalledPeer } from "./peers.ts";
import type { Pinning } from "./pinning.ts";
import type { Measurements } from "./report.ts";
import type { Scale } from "./scale.ts";
import { quantity } from "./table.ts";
import { type Measurement, runTrial } from "./trial.ts";
import { TRIALS } from "./trials.ts";

/**
 * Measures peers, each trial of one after the same trial of the other: what changes on the machine meets them all.
 *
 * @param tell is given a line for each trial
 * @returns what was measured of each, run after run
 */
export async function measurePeers(
  peers: readonly InstalledPeer[],
  scale: Scale,
  pins: Pinning,
  tell: (line: string) => void,
): Promise<Measurements> {
  const shown = columns(scale);
  const measurements = new Map(peers.map((peer) => [peer, [] as Measurement[]]));
  for (let run = 1; run <= scale.runs; run++) {
    for (const trial of TRIALS) {
      for (const [peer, all] of measurements) {
        const measured = await runTrial(trial, peer, scale, pins);
        all.push(...measured);
        tell(`${run} of ${scale.runs}, ${peer.name}: ${measured.map((one) => line(one, shown)).join(", ")}`);
      }
    }
  }
  return measurements;
}

function line({ column, value }: Measurement, shown: readonly Column[]): string {
  const { figure = "", circumstances = "" } = shown.find(({ name }) => name === column) ?? {};
  return `${quantity(value)} ${figure} (${circumstances})`;
}
