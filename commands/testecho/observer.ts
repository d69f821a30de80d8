/** Hears what becomes of the clients, as it happens. Latencies are in milliseconds. */
export interface Observer {
  /** A client connected. */
  opened(handshake: number): void;
  /** A client's word was answered. */
  echoed(latency: number): void;
  /** A client read a right transcript to its end. */
  completed(): void;
  /** A client's connection, which had opened, ended. */
  closed(): void;
  /** A client, whose connection the server ended to restart, begins anew with another one. */
  returned(): void;
  /** A client failed: the last that is heard of it. */
  failed(cause: string): void;
}
