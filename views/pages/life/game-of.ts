/** The name of the game that a page is of, as its URL has it; undefined for the default one. */
export function gameOf(pathname: string): string | undefined {
  const [, name] = /\/games\/([^/]+)\/$/.exec(pathname) ?? [];
  return name === undefined ? undefined : decodeURIComponent(name).normalize();
}
