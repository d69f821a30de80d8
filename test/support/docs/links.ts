import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { marked } from "marked";
import { ROOT, readSource } from "../imports.ts";

/**
 * The links and images of a Markdown page that lead nowhere: to no file, or to no heading. Those to other sites are not
 * followed.
 */
export function brokenLinks(page: string): string[] {
  return linksOf(page).filter((link) => {
    const [path = "", anchor] = link.split("#");
    const target = path === "" ? page : join(dirname(page), path);
    if (!existsSync(join(ROOT, target))) return true;
    return anchor !== undefined && !anchorsOf(target).has(anchor);
  });
}

function linksOf(page: string): string[] {
  const links: string[] = [];
  marked.walkTokens(marked.lexer(readSource(page)), (token) => {
    if (token.type === "link" || token.type === "image") links.push(token.href);
  });
  return links.filter((link) => !/^\w+:/.test(link));
}

/** What can be linked to on a page: its headings, under the names that GitHub gives them, and its own anchors. */
function anchorsOf(page: string): Set<string> {
  const text = readSource(page);
  const anchors = new Set(Array.from(text.matchAll(/<a id="([^"]+)">/g), ([, id = ""]) => id));
  const slugs = new Map<string, number>();
  for (const token of marked.lexer(text)) {
    if (token.type !== "heading") continue;
    const slug = token.text
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-");
    const earlier = slugs.get(slug) ?? 0;
    slugs.set(slug, earlier + 1);
    anchors.add(earlier === 0 ? slug : `${slug}-${earlier}`);
  }
  return anchors;
}
