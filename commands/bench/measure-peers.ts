import type { ColumnName } from "./columns.ts";
import type { InstalledPeer } from "./peers.ts";
import type { Pinning } from "./pinning.ts";
import type { Measurements } from "./report.ts";
import type { Scale } from "./scale.ts";
import { quantity } from "./table.ts";
import { type Measurement, runTrial } from "./trial.ts";
import { TRIALS } from "./trials.ts";

const UNITS: Readonly<Record<ColumnName, string>> = {
  handshakes: "handshakes/s",
  memory: "kB a connection",
  echo1: "echoes/s, 1 in flight",
  echo8: "echoes/s, 8 in flight",
  burst: "frames/s of bursts",
};

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
  const measurements = new Map(peers.map((peer) => [peer, [] as Measurement[]]));
  for (let run = 1; run <= scale.runs; run++) {
    for (const trial of TRIALS) {
      for (const [peer, all] of measurements) {
        const measured = await runTrial(trial, peer, scale, pins);
        all.push(...measured);
        tell(`${run} of ${scale.runs}, ${peer.name}: ${measured.map(line).join(", ")}`);
      }
    }
  }
  return measurements;
}

function line({ column, value }: Measurement): string {
  return `${quantity(value)} ${UNITS[column]}`;
}
