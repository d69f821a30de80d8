/** Where a command writes: standard output, or what stands in for it. */
export type Output = NodeJS.WritableStream & {
  /** True if a person watches: progress is then drawn in place. */
  readonly isTTY?: boolean;
  /** The width of the terminal, in characters. */
  readonly columns?: number;
};
