import { expect } from "chai";
import type { Page } from "playwright-core";
import { randomStates } from "../../commands/gameoflife/random.ts";
import { runCli } from "../support/cli.ts";
import { cellsOf, openWorkers, resetGame, startGame } from "../support/life-clients.ts";
import { colored, paint, picture, untilEnd, untilShown } from "../support/life-page.ts";
import { generations, population, toGrid } from "../support/reference-life.ts";
import { startServer, type TestServer } from "../support/server.ts";
import { useBrowser } from "../support/use-browser.ts";

describe("the Game of Life page", () => {
  const openPage = useBrowser();
  let server: TestServer;

  beforeEach(async () => {
    server = await startServer();
  });

  afterEach(() => server.close());

  async function open(): Promise<Page> {
    const page = await openPage();
    await page.goto(server.url);
    return page;
  }

  async function play(...options: string[]): Promise<void> {
    const args = ["--url", server.wsUrl, "-s", "5", "-l", "100", "-n", "5", ...options];
    expect(await runCli(["gameoflife", ...args])).to.deep.equal({ code: 0, stdout: "", stderr: "" });
  }

  it("shows a game that starts at random", async () => {
    const page = await open();
    await play("--random", "1");
    await untilEnd(page, 5);
    const grid = generations(toGrid(randomStates(5, 1), 5), 5, true).at(-1) ?? [];
    expect(await picture(page)).to.deep.equal(await colored(page, grid, 5));
    expect(await shown(page, "population")).to.equal(String(population(grid)));
  });

  it("shows a pattern", async () => {
    const page = await open();
    await play("-p", "blinker");
    await untilEnd(page, 5);
    const grid = [".....", "..O..", "..O..", "..O..", "....."];
    expect(await picture(page)).to.deep.equal(await colored(page, grid, 5));
    expect(await shown(page, "population")).to.equal("3");
  });

  it("shows one game after the other", async () => {
    const page = await open();
    await play("-p", "blinker");
    await untilEnd(page, 5);
    await play("-p", "blinker", "-n", "4");
    await untilEnd(page, 4);
    const grid = [".....", ".....", ".OOO.", ".....", "....."];
    expect(await picture(page)).to.deep.equal(await colored(page, grid, 4));
  });

  it("counts the hue of a step modulo 256", async () => {
    const page = await open();
    await play("-p", "blinker", "-n", "13", "-l", "1000");
    await untilEnd(page, 13);
    const pixels = (await picture(page)).flat();
    expect([...new Set(pixels)].sort()).to.deep.equal(
      [await paint(page, "hsl(4, 100%, 25%)"), await paint(page, "hsl(4, 100%, 95%)")].sort(),
    );
  });

  it("shows the last state to a page that comes late", async () => {
    await play("-p", "blinker");
    const page = await open();
    await untilEnd(page, 5);
    const grid = [".....", "..O..", "..O..", "..O..", "....."];
    expect(await picture(page)).to.deep.equal(await colored(page, grid, 5));
  });

  it("shows the whole grid at once to a page that comes late", async () => {
    const workers = await startGame(server, 6);
    for (const [index, worker] of workers.entries()) worker.send(`0 ${cellsOf(6)[index]} 1`);
    const page = await open();
    const known = await page.waitForFunction(() => {
      const canvas = document.querySelector<HTMLCanvasElement>("#grid");
      const { data } = canvas?.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height) ?? {};
      return data?.filter((value, index) => index % 4 === 3 && value > 0).length;
    });
    expect(await known.jsonValue()).to.equal(36);
  });

  it("draws how the population went, and says it in words", async () => {
    const page = await open();
    expect(await page.locator("#chart").isHidden()).to.equal(true);
    await play("--random", "1");
    await untilEnd(page, 5);
    const went = generations(toGrid(randomStates(5, 1), 5), 5, true).map(population);
    const [least, most] = [Math.min(...went), Math.max(...went)];
    await page
      .getByRole("img", {
        name:
          `Live cells from step 0 to step 5: ${went[0]} at first, ${went[5]} now, ` +
          `${least} at least, ${most} at most`,
        exact: true,
      })
      .waitFor();
    expect(await page.locator("#most").textContent()).to.equal(String(most));
    const isDrawn = page.locator("#line").evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height) ?? {};
      return data?.some((value) => value > 0);
    });
    expect(await isDrawn).to.equal(true);
  });

  it("shows the command that starts a game while none runs", async () => {
    const page = await open();
    await page.locator("#hint").waitFor();
    expect(await page.locator("#hint code").textContent()).to.equal(
      `npm run cmd gameoflife -- --url ${server.wsUrl}`,
    );
    await openWorkers(server, 1);
    await page.locator("#hint").waitFor({ state: "hidden" });
  });

  it("shows the game of its URL, and the command for that", async () => {
    const page = await openPage();
    await page.goto(`${server.url}/games/tea`);
    await page.locator("#hint").waitFor();
    expect(await page.locator("h1").textContent()).to.equal("Game of Life tea");
    expect(await page.title()).to.equal("tea · Game of Life · express-c10k");
    expect(await page.locator("#hint code").textContent()).to.equal(
      `npm run cmd gameoflife -- --game tea --url ${server.wsUrl}`,
    );
    await play("-p", "blinker");
    expect(await page.locator("#step").textContent()).to.equal("–");
    await play("-p", "blinker", "--game", "tea");
    await untilEnd(page, 5);
  });

  it("shows how many workers are connected", async () => {
    const page = await open();
    const [worker] = await openWorkers(server, 1);
    await untilShown(page, "status", "workers connected: 1 of 1024");
    expect(await page.locator("#progress").isVisible()).to.equal(true);
    worker?.ws.terminate();
    await untilShown(page, "status", "No game is running.");
    expect(await page.locator("#progress").isHidden()).to.equal(true);
  });

  it("follows a reset to another size without being loaded again", async () => {
    const page = await open();
    await untilShown(page, "size", "32×32");
    let loads = 0;
    page.on("load", () => {
      loads += 1;
    });
    await play("-p", "blinker");
    await untilEnd(page, 5);
    await resetGame(server, 7);
    await untilShown(page, "size", "7×7");
    expect(await picture(page)).to.deep.equal(Array(7).fill(Array(7).fill("0,0,0,0")));
    expect(await shown(page, "step")).to.equal("–");
    expect(loads).to.equal(0);
  });

  it("connects again by itself when the server comes back, and shows what that one has", async () => {
    const page = await open();
    await play("-p", "blinker");
    await untilEnd(page, 5);
    const { port } = server;
    await server.close();
    await page.locator("#connection[data-state=closed], #connection[data-state=connecting]").waitFor();
    expect(await page.locator("#status").isHidden()).to.equal(true);
    server = await startServer({}, port);
    await untilShown(page, "connection", "Connected");
    await untilShown(page, "size", "32×32");
    expect(await shown(page, "step")).to.equal("–");
  });
});

/** The text that the page shows in an element. */
function shown(page: Page, id: string): Promise<string | null> {
  return page.locator(`#${id}`).textContent();
}
