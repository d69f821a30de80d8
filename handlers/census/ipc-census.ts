import { line, type Port } from "../ipc/line.ts";
import type { Census } from "./census.ts";
import { type FromPrimary, TOPIC, type ToPrimary } from "./ipc-messages.ts";

/**
 * Makes the census of one of many processes that have one primary, which asks all of them.
 *
 * @param port where the primary is. Default: this process's own
 */
export function ipcCensus<T>(port: Port = process): Census<T> {
  const { send, listen } = line<FromPrimary<T>, ToPrimary<T>>(port, TOPIC);
  const questions = new Map<number, (answers: T[]) => void>();
  let count = 0;
  let answer: (() => Promise<T>) | undefined;
  let onNoted = () => {};
  const stop = listen(obey);

  function obey(message: FromPrimary<T>): void {
    if (message.type === "asked") {
      reply(message.number).catch((error: unknown) => console.error("The census failed:", error));
    } else if (message.type === "noted") {
      onNoted();
    } else {
      questions.get(message.number)?.(message.answers);
      questions.delete(message.number);
    }
  }

  async function reply(number: number): Promise<void> {
    send({ type: "answer", number, answer: await answer?.() });
  }

  return {
    answerBy(way) {
      answer = way;
    },

    ask() {
      count += 1;
      const number = count;
      return new Promise((resolve, reject) => {
        questions.set(number, resolve);
        send({ type: "ask", number }, (error) => {
          if (!error) return;
          questions.delete(number);
          reject(error);
        });
      });
    },

    async close() {
      const way = answer;
      answer = undefined;
      const last = await way?.();
      await new Promise<void>((resolve) => {
        onNoted = resolve;
        // Nobody keeps it where the primary has gone.
        send({ type: "last", answer: last }, (error) => error && resolve());
      });
      stop();
    },
  };
}
