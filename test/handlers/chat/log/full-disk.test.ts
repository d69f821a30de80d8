import { expect } from "chai";
import { start } from "../../../support/cli.ts";
import { ROOT } from "../../../support/imports.ts";
import { useProgram } from "../../../support/use-program.ts";
import { makePlace, removePlace } from "./sqlite-backend.ts";

/** How large a file may become, in bytes. */
const SPACE = 300_000;

/** Appends until that fails, and then again and again until it works; in the end it tells what became of all. */
const PROGRAM = (directory: string) => `
  import { LogUnavailable } from "./handlers/chat/log/log.ts";
  import { sqliteLog } from "./handlers/chat/log/sqlite-log.ts";
  const log = sqliteLog({ directory: ${JSON.stringify(directory)} });
  const kept = [];
  let failures = 0;
  async function say(ref) {
    try {
      kept.push((await log.append("room", { nick: "ann", author: "ann", ref, text: "x".repeat(4000) })).id);
    } catch (error) {
      if (!(error instanceof LogUnavailable)) throw error;
      if (failures++ === 0) console.log("failed");
      await say(ref);
    }
  }
  await say("first");
  console.log("began");
  for (let ref = 0; failures === 0; ref++) await say(String(ref));
  await say("last");
  const { entries } = await log.read("room", { limit: 1e6 });
  console.log("kept", JSON.stringify(entries.map(({ id }) => id)) === JSON.stringify(kept));
  await log.close();
`;

describe("sqliteLog on a full disk", () => {
  const prlimit = useProgram("prlimit");
  let directory = "";

  beforeEach(async () => {
    directory = await makePlace();
  });

  afterEach(() => removePlace(directory));

  it("rejects with LogUnavailable, and appends again once there is room", async () => {
    const args = ["--import", "tsx/esm", "--input-type=module", "--eval", PROGRAM(directory)];
    const child = start(process.execPath, args, { cwd: ROOT });
    await child.said(/^began$/m);
    await prlimit.run("--pid", String(child.process.pid), `--fsize=${SPACE}:unlimited`);
    await child.said(/^failed$/m);
    await prlimit.run("--pid", String(child.process.pid), "--fsize=unlimited:unlimited");
    await child.said(/^kept true$/m);
    expect(await child.outcome).to.include({ code: 0, stderr: "" });
  });
});
