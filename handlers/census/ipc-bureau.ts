import { line, type Port } from "../ipc/line.ts";
import type { Bureau } from "./bureau.ts";
import { type FromPrimary, TOPIC, type ToPrimary } from "./ipc-messages.ts";

/**
 * Ties a process to the bureau of its primary.
 *
 * @returns unties it: for a process that has ended
 */
export function tieToBureau<T>(bureau: Bureau<T>, port: Port): () => void {
  const { send, listen } = line<ToPrimary<T>, FromPrimary<T>>(port, TOPIC);
  const questions = new Map<number, (answer: T | undefined) => void>();
  let count = 0;
  const place = bureau.add({ ask });
  const stop = listen(obey);

  function ask(): Promise<T | undefined> {
    count += 1;
    const number = count;
    return new Promise((resolve) => {
      questions.set(number, resolve);
      send({ type: "asked", number });
    });
  }

  function obey(message: ToPrimary<T>): void {
    if (message.type === "ask") void reply(message.number);
    else if (message.type === "last") {
      if (message.answer !== undefined) place.note(message.answer);
      send({ type: "noted" });
    } else {
      questions.get(message.number)?.(message.answer);
      questions.delete(message.number);
    }
  }

  async function reply(number: number): Promise<void> {
    send({ type: "answers", number, answers: await bureau.ask() });
  }

  return function untie() {
    stop();
    place.leave();
  };
}
