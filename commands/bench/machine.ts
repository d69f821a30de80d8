import { availableParallelism, cpus, release, totalmem, type } from "node:os";

/** Where figures come from. */
export interface Machine {
  readonly node: string;
  readonly cpu: string;
  readonly cores: number;
  /** Bytes. */
  readonly memory: number;
  readonly system: string;
}

/** This machine. */
export function thisMachine(): Machine {
  return {
    node: process.version,
    cpu: cpus()[0]?.model.trim() || process.arch,
    cores: availableParallelism(),
    memory: totalmem(),
    system: `${type()} ${release()}`,
  };
}

/** The machine in one line. */
export function describeMachine({ node, cpu, cores, memory, system }: Machine): string {
  return `Node.js ${node}, ${system}, ${cores} × ${cpu}, ${(memory / 2 ** 30).toFixed(0)} GiB`;
}
