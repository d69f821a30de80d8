/** A process of a cluster, which does on its bus what its primary says, and tells what it hears. */

import { ipcBus } from "../../handlers/bus/ipc-bus.ts";

/** What it does. */
export type Order =
  | { readonly do: "subscribe"; readonly channel: string; readonly echo?: boolean }
  /** Publishes so many messages, ten in a turn. */
  | { readonly do: "publish"; readonly channel: string; readonly count: number; readonly padding?: number }
  | { readonly do: "close" };

/** What it tells. */
export type Report =
  | { readonly did: Order["do"] | "start" }
  | { readonly heard: string; readonly channel: string };

const bus = ipcBus();

process.on("message", (order: Order) => {
  if ("do" in order) void obey(order).then(() => tell({ did: order.do }));
});
tell({ did: "start" });

async function obey(order: Order): Promise<void> {
  if (order.do === "close") return bus.close();
  if (order.do === "publish") return publish(order);
  const { channel, echo } = order;
  const hear = (heard: string) => tell({ heard, channel });
  await bus.subscribe(channel, { hear, missed: () => hear("missed") }, { echo }).ready;
}

async function publish({ channel, count, padding = 0 }: Order & { do: "publish" }): Promise<void> {
  for (let n = 0; n < count; n++) {
    bus.publish(channel, `${process.pid} ${n}${".".repeat(padding)}`);
    if (n % 10 === 9) await new Promise((resolve) => setImmediate(resolve));
  }
}

function tell(report: Report): void {
  process.send?.(report);
}
