/** The load as a process: it does what its parent orders, and answers with what it has done. */

import { errorMessage } from "../../errors.ts";
import { answerParent } from "../parent.ts";
import { DIALECTS } from "./dialect.ts";
import { createLoad, type Done, type Load } from "./load.ts";
import { type Answer, isOrder, type Order } from "./order.ts";

let load: Load | undefined;

answerParent(answer);

async function answer(order: unknown): Promise<Answer> {
  try {
    if (!isOrder(order)) throw new Error(`There is no such order: ${JSON.stringify(order)}`);
    return await obey(order);
  } catch (error) {
    return { error: errorMessage(error) };
  }
}

async function obey(order: Order): Promise<Done> {
  if (order.do === "target") {
    const { port, dialect, request } = order;
    load = createLoad({ port, dialect: DIALECTS[dialect], request });
    return { operations: 0, seconds: 0 };
  }
  if (!load) throw new Error("The load has no target yet");
  if (order.do === "open") return load.open(order.clients);
  return order.do === "echo" ? load.echo(order.depth, order.amount) : load.burst(order.size, order.amount);
}
