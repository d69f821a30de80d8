/** Puts how long ago something was in words: `3 min 20 s ago`. */
export function formatAgo(seconds: number): string {
  if (seconds === 0) return "now";
  const parts = [`${Math.floor(seconds / 60)} min`, `${seconds % 60} s`];
  return `${parts.filter((part) => !part.startsWith("0 ")).join(" ")} ago`;
}
