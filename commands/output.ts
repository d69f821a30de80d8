/** Where a command writes: standard output, or what stands in for it. */
export type Output = NodeJS.WritableStream & {
  /** True if a person watches: progress is then drawn in place. */
  readonly isTTY?: boolean;
  /** The width of the terminal, in characters. */
  readonly columns?: number;
};

/** Where a command writes: standard output and standard error, or what stands in for them. */
export interface OutputStreams {
  readonly output: Output;
  readonly errors: Output;
}
