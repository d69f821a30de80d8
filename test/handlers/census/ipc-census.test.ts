import { expect } from "chai";
import { Bureau } from "../../../handlers/census/bureau.ts";
import type { Census } from "../../../handlers/census/census.ts";
import { tieToBureau } from "../../../handlers/census/ipc-bureau.ts";
import { ipcCensus } from "../../../handlers/census/ipc-census.ts";
import { ownCensus } from "../../../handlers/census/own-census.ts";
import { useIpc } from "../../support/ipc-pair.ts";
import { rejection } from "../../support/rejection.ts";

describe("the census of processes with one primary", () => {
  const openPair = useIpc();
  let bureau: Bureau<number>;

  beforeEach(() => {
    bureau = new Bureau(async (kept = 0, last) => kept + last);
  });

  /** A process, and what cuts it off from its primary as if it had died. */
  async function start(): Promise<{ census: Census<number>; die: () => void }> {
    const { worker, primary, cut } = await openPair();
    const untie = tieToBureau(bureau, primary);
    const census = ipcCensus<number>(worker);
    return {
      census,
      die() {
        cut();
        untie();
      },
    };
  }

  it("asks all of them, by each", async () => {
    const [one, other] = [await start(), await start()];
    one.census.answerBy(async () => 1);
    other.census.answerBy(async () => 2);
    expect(await one.census.ask()).to.have.members([1, 2]);
    expect(await other.census.ask()).to.have.members([1, 2]);
  });

  it("answers many questions at once", async () => {
    const { census } = await start();
    let asked = 0;
    census.answerBy(async () => ++asked);
    const answers = await Promise.all([census.ask(), census.ask(), census.ask()]);
    expect(answers).to.deep.equal([[1], [2], [3]]);
  });

  it("leaves out a process that has no answer yet", async () => {
    const [one, other] = [await start(), await start()];
    one.census.answerBy(async () => 1);
    expect(await other.census.ask()).to.deep.equal([1]);
  });

  it("keeps what a process answered last before it died", async () => {
    const [one, other] = [await start(), await start()];
    one.census.answerBy(async () => 1);
    other.census.answerBy(async () => 2);
    await one.census.ask();
    other.die();
    expect(await one.census.ask()).to.have.members([1, 2]);
  });

  it("keeps the last answer of a process that closes, which nobody asked for", async () => {
    const [one, other] = [await start(), await start()];
    one.census.answerBy(async () => 1);
    other.census.answerBy(async () => 2);
    await other.census.close();
    other.die();
    expect(await one.census.ask()).to.have.members([1, 2]);
  });

  it("rejects where the primary has gone", async () => {
    const { census, die } = await start();
    die();
    expect(await rejection(census.ask())).to.be.an("error");
  });
});

describe("the census of a process alone", () => {
  it("asks this one", async () => {
    const census = ownCensus<number>();
    expect(await census.ask()).to.deep.equal([]);
    census.answerBy(async () => 1);
    expect(await census.ask()).to.deep.equal([1]);
    await census.close();
  });
});
