/** Resolves at the first SIGTERM or Ctrl-C; the second one kills the process as if nobody listened. */
export function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    function stop(): void {
      process.off("SIGTERM", stop).off("SIGINT", stop);
      resolve();
    }
    process.on("SIGTERM", stop).on("SIGINT", stop);
  });
}
