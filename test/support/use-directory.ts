import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Gives each of a suite's tests a directory of its own, which is removed behind it. */
export function useDirectory(): () => string {
  let directory = "";

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "c10k-"));
  });

  afterEach(() => rm(directory, { recursive: true }));

  return function path() {
    return directory;
  };
}
