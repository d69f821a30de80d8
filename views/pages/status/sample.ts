export interface Sample {
  readonly time: number;
  readonly connections: Readonly<Record<string, number>>;
  readonly handshakes: number;
  readonly messages: { readonly in: number; readonly out: number };
  readonly bytes: { readonly in: number; readonly out: number };
  readonly delay: { readonly p50: number; readonly p99: number };
  readonly memory: { readonly RSS: number; readonly heap: number };
  readonly paused: number;
  readonly slow: number;
  readonly closes: Readonly<Record<string, number>>;
}
export function costOf({ memory, connections }: Sample): number | undefined {
  const open = sum(connections);
  return open === 0 ? undefined : memory.RSS / open;
}
export function sum(values: Readonly<Record<string, number>>): number {
  return Object.values(values).reduce((total, value) => total + value, 0);
}
