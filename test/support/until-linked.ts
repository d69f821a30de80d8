import { createClient } from "@redis/client";
import { TIMEOUT } from "./timeouts.ts";

/**
 * Waits until each node of a new cluster is linked to all others: what is published at one goes to the others by such links, and to those
 * without one not at all.
 */
export async function untilLinked(urls: readonly string[]): Promise<void> {
  const deadline = performance.now() + TIMEOUT;
  for (const url of urls) {
    const client = await createClient({ url, RESP: 3 }).connect();
    try {
      while ((await linksTo(client)) < urls.length - 1)
        if (performance.now() > deadline) throw new Error(`${url} is not linked to the others`);
    } finally {
      client.destroy();
    }
  }
}

/** How many nodes have a link to this one. */
async function linksTo(client: Pick<ReturnType<typeof createClient>, "sendCommand">): Promise<number> {
  const links: unknown = await client.sendCommand(["CLUSTER", "LINKS"]);
  return Array.isArray(links)
    ? links.filter((link) => JSON.stringify(entriesOf(link)).includes('"from"')).length
    : 0;
}

function entriesOf(link: unknown): unknown {
  return link instanceof Map ? [...link] : link;
}
