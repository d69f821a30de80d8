/** A rejection that is loud for whoever awaits it, and silent for whoever does not. */
export function rejected(reason: unknown): Promise<never> {
  const promise = Promise.reject(reason);
  promise.catch(() => {});
  return promise;
}
