/** The members of a room as a process: they do what its parent orders, and it answers with what that took. */

import { errorMessage } from "../../errors.ts";
import { answerParent } from "../parent.ts";
import { type Crowd, createCrowd } from "./crowd.ts";
import { CHAT_DIALECTS } from "./dialect.ts";
import { type ChatAnswer, type ChatOrder, isChatOrder } from "./orders.ts";

let crowd: Crowd | undefined;

answerParent(async (order): Promise<ChatAnswer> => {
  try {
    if (!isChatOrder(order)) throw new Error(`There is no such order: ${JSON.stringify(order)}`);
    return await obey(order);
  } catch (error) {
    return { error: errorMessage(error) };
  }
});

async function obey(order: ChatOrder): Promise<ChatAnswer> {
  if (order.do === "fill") {
    crowd = createCrowd(order.port, CHAT_DIALECTS[order.dialect]);
    return { seconds: await crowd.fill(order.members) };
  }
  if (!crowd) throw new Error("Nobody is in the room yet");
  return { milliseconds: await crowd.speak(order.rounds, order.atOnce) };
}
