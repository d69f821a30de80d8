/**
 * Asks all processes of one server how they are: those of one primary, or the only one.
 *
 * @typeParam T what one process answers: plain data, which JSON gives back
 */
export interface Census<T> {
  /** From now on this process answers, in this way. */
  answerBy(answer: () => Promise<T>): void;
  /**
   * Asks all, this process included. Of a process that has ended there is what is kept of its last answer, and so there is of one that
   * does not answer within a second. Rejects where the primary has gone.
   */
  ask(): Promise<T[]>;
  /** Leaves a last answer with the primary; called when it will not change any more. Whatever is asked then stays without an answer. */
  close(): Promise<void>;
}

/**
 * What is kept of processes that have ended.
 *
 * @param kept of those that ended before; undefined for none
 * @param last the last answer of one more
 */
export type Keep<T> = (kept: T | undefined, last: T) => Promise<T>;
