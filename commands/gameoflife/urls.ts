/** Which game of a server: undefined for the default one. */
export type GameName = string | undefined;

/** The URL of a view of a game, from the server's base URL. */
export function viewUrl(base: string, name: GameName, view: string): string {
  const url = new URL(base);
  const game = name === undefined ? "" : `games/${encodeURIComponent(name)}/`;
  url.pathname = `${url.pathname.replace(/\/$/, "")}/${game}${view}`;
  return url.href;
}
