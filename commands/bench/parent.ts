/** The process that started this one, as seen from here. */

/** Tells it something, if it is still there. */
export function tellParent(message: object): void {
  if (!process.connected) process.exit();
  process.send?.(message, undefined, undefined, (error) => {
    if (error) process.exit();
  });
}

/** Answers each of its questions, and ends when it does. */
export function answerParent(answer: (question: unknown) => object | Promise<object>): void {
  process.on("message", async (question) => tellParent(await answer(question)));
  process.on("disconnect", () => process.exit());
}
