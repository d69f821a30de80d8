/** A watcher that reads, as a process: connects where its parent orders, and answers when it has read so many lines. */

import { connect } from "../../../middleware/connect.ts";
import type { Connection } from "../../../middleware/connection.ts";
import { errorMessage } from "../../errors.ts";
import { closureCause } from "../../failure.ts";
import { answerParent } from "../parent.ts";
import { isReadOrder, isWatchOrder } from "./orders.ts";

let lines = 0;
let ended: Promise<string> | undefined;
let onLine = () => {};

answerParent(async (order) => {
  try {
    if (isWatchOrder(order)) ended = read(await connect(order.url));
    else if (isReadOrder(order)) await untilRead(order.lines);
    else throw new Error(`There is no such order: ${JSON.stringify(order)}`);
    return { lines };
  } catch (error) {
    return { error: errorMessage(error) };
  }
});

async function read(ws: Connection): Promise<string> {
  try {
    for await (const _ of ws) {
      lines += 1;
      onLine();
    }
  } catch {
    // It is told below how the connection ended.
  }
  const { code, reason } = await ws.closed;
  return closureCause(code, reason);
}

function untilRead(expected: number): Promise<void> {
  return new Promise((resolve, reject) => {
    onLine = () => lines >= expected && resolve();
    onLine();
    void ended?.then((cause) => reject(new Error(`${cause}, after ${lines} of ${expected} lines`)));
  });
}
