import { findRedis, REDIS_HINT, type RedisServer, startRedisServer } from "../../support/redis-server.ts";
import { freePort } from "./free-port.ts";
import type { Victim } from "./victim.ts";

/** A Redis that is killed, and started again at the same port. All that it has said yes to is on the disk by then. */
export class RedisVictim implements Victim {
  readonly #server: RedisServer;
  #kills = 0;
  #isOver = false;

  private constructor(server: RedisServer) {
    this.#server = server;
  }

  /** @param directory keeps what it keeps */
  static async start(directory: string): Promise<RedisVictim> {
    const program = findRedis();
    if (program === undefined) throw new Error(REDIS_HINT);
    return new RedisVictim(await startRedisServer(program, directory, ["--port", String(await freePort())]));
  }

  get url(): string {
    return this.#server.url;
  }

  get port(): number {
    return this.#server.port;
  }

  get pid(): number | undefined {
    return this.#server.pid;
  }

  get kills(): number {
    return this.#kills;
  }

  async start(): Promise<void> {
    if (!this.#isOver) await this.#server.start();
  }

  async kill(): Promise<void> {
    if (this.#isOver) return;
    await this.#server.kill();
    this.#kills += 1;
  }

  async end(): Promise<void> {
    await this.kill();
    this.#isOver = true;
  }

  /** Starts it a last time, for whoever wants to read what it has kept. */
  async reopen(): Promise<void> {
    await this.#server.start();
  }

  async close(): Promise<void> {
    await this.#server.kill();
  }
}
