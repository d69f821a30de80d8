import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Gives a suite a file of its own, with that content. */
export function useFile(content: string | Uint8Array): () => string {
  let folder = "";

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "c10k-"));
    await writeFile(join(folder, "file"), content);
  });

  after(() => rm(folder, { recursive: true }));

  return function path() {
    return join(folder, "file");
  };
}
