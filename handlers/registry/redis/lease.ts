import type { Redis } from "../../redis/redis.ts";

/**
 * Says that this process is alive, for as long as it says so again and again: a key that runs out. So it is known of a process that
 * was killed, on whichever machine.
 */
export class Lease {
  readonly #redis: Redis;
  readonly #key: string;
  readonly #duration: number;
  readonly #onLost: () => void;
  #timer: NodeJS.Timeout;
  #held = false;

  /**
   * @param duration in milliseconds
   * @param onLost called when it turns out that it had run out: others may have taken this process for dead
   */
  constructor(redis: Redis, process: string, duration: number, onLost: () => void) {
    this.#redis = redis;
    this.#key = keyOf(redis, process);
    this.#duration = duration;
    this.#onLost = onLost;
    this.#timer = setInterval(() => void this.renew().catch(() => {}), duration / 3).unref();
  }

  /** Whether others have been told that this process is alive. */
  get held(): boolean {
    return this.#held;
  }

  /** @throws RedisAway, as a rejection */
  async renew(): Promise<void> {
    const answer = await this.#redis.command(
      this.#key,
      "SET",
      this.#key,
      "1",
      "PX",
      String(this.#duration),
      "GET",
    );
    const wasHeld = this.#held;
    this.#held = true;
    if (wasHeld && answer === null) this.#onLost();
  }

  async end(): Promise<void> {
    clearInterval(this.#timer);
    await this.#redis.command(this.#key, "DEL", this.#key).catch(() => {});
  }
}

/** Which of these processes are dead. */
export async function deadOf(redis: Redis, processes: Iterable<string>): Promise<Set<string>> {
  const answers = await Promise.all(
    Array.from(new Set(processes), async (process) => {
      const key = keyOf(redis, process);
      return [process, await redis.command(key, "EXISTS", key)] as const;
    }),
  );
  return new Set(answers.filter(([, exists]) => exists === 0).map(([process]) => process));
}

function keyOf(redis: Redis, process: string): string {
  return redis.name(`registry:alive:${process}`);
}
