/** A rejection that is loud for whoever awaits it, and silent for whoever does not, or not yet. */
export function rejected(reason: unknown): Promise<never> {
  return silenced(Promise.reject(reason));
}

/** Gives a promise back; its rejection ends no process in which nobody awaits it, or not yet. */
export function silenced<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}
