/**
 * Writes a name, of whatever text, so that it can be in a key: in braces it decides there in which slot of a Redis Cluster the key is
 * (Redis Cluster specification, "Hash tags"), and what begins alike up to the brace is in one.
 */
export function tag(name: string): string {
  return `{${JSON.stringify(name).slice(1, -1).replaceAll("}", "\\u007d")}}`;
}
