import { expect } from "chai";
import type { Page } from "playwright-core";
import { runCli } from "../support/cli.ts";
import { untilEnd, untilShown } from "../support/life-page.ts";
import { startServer, type TestServer } from "../support/server.ts";
import { useBrowser } from "../support/use-browser.ts";

describe("the chooser of patterns", () => {
  const openPage = useBrowser();
  let server: TestServer;

  before(async () => {
    server = await startServer();
  });

  after(() => server.close());

  async function open(path = "/"): Promise<Page> {
    const page = await openPage();
    await page.goto(server.url + path);
    await page.locator("#chosen").waitFor();
    return page;
  }

  const command = (page: Page) => page.locator("#play").textContent();

  it("shows each pattern by a picture and its name", async () => {
    const page = await open();
    const cards = page.locator(".pattern");
    expect((await cards.allTextContents()).slice(0, 3)).to.deep.equal(["Blinker", "Toad", "Glider"]);
    const cells = await cards.locator("path").evaluateAll((paths) => {
      return paths.map((path) => path.getAttribute("d")?.split("M").length);
    });
    expect(cells.slice(0, 3)).to.deep.equal([3 + 1, 6 + 1, 5 + 1]);
  });

  it("says of the chosen one how large it is, who found it, and the command for it", async () => {
    const page = await open();
    await untilShown(page, "pattern-title", "Gosper glider gun");
    await page.getByRole("radio", { name: "Pulsar" }).check();
    await untilShown(page, "pattern-title", "Pulsar");
    await untilShown(page, "pattern-size", "13×13, 48 cells alive");
    await untilShown(page, "pattern-author", "John Conway, 1970");
    await untilShown(page, "pattern-note", "An oscillator of period 3.");
    expect(await command(page)).to.match(/^npm run cmd gameoflife -- --pattern pulsar --size \d+ --url ws:/);
  });

  it("takes the size of the grid, and offers those that the pattern fits", async () => {
    const page = await open();
    await page.getByLabel("Grid", { exact: true }).selectOption("100");
    expect(await command(page)).to.equal(
      `npm run cmd gameoflife -- --pattern gosper --size 100 --url ${server.wsUrl}`,
    );
    await page.getByRole("radio", { name: "20-cell quadratic growth" }).check();
    expect(await page.locator("#sizes option").allTextContents()).to.deep.equal(["100×100"]);
    await page.getByRole("radio", { name: "Glider", exact: true }).check();
    expect(await page.locator("#sizes option").allTextContents()).to.deep.equal([
      "32×32",
      "64×64",
      "100×100",
    ]);
    expect(await page.getByLabel("Grid", { exact: true }).inputValue()).to.equal("100");
  });

  it("is moved through by arrow keys", async () => {
    const page = await open();
    await page.getByRole("radio", { name: "Blinker" }).focus();
    await page.keyboard.press("Space");
    await page.keyboard.press("ArrowRight");
    await untilShown(page, "pattern-title", "Toad");
    expect(await page.getByRole("radio", { name: "Toad" }).isChecked()).to.equal(true);
  });

  it("gives a command that plays the pattern in the page's game", async () => {
    const page = await open("/games/tea/");
    await page.getByRole("radio", { name: "Glider", exact: true }).check();
    await page.getByLabel("Grid", { exact: true }).selectOption("32");
    const [, options = ""] = /^npm run cmd (.*)$/.exec((await command(page)) ?? "") ?? [];
    expect(options).to.contain(" --game tea ");
    const args = options.split(" ").filter((arg) => arg !== "--");
    await runCli([...args, "--steps", "2", "--speed", "100"]);
    await untilEnd(page, 2);
    expect(await page.locator("#population").textContent()).to.equal("5");
  });

  it("copies the command", async () => {
    const page = await open();
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.getByRole("button", { name: "Copy" }).click();
    await page.getByText("Copied", { exact: true }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).to.equal(await command(page));
  });

  it("copies where the page has no clipboard", async () => {
    const page = await open();
    await page.evaluate(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
    await page.getByRole("button", { name: "Copy" }).click();
    await page.getByText("Copied", { exact: true }).waitFor();
    expect(await page.evaluate(() => getSelection()?.toString())).to.equal(await command(page));
  });

  it("says when the patterns cannot be had", async () => {
    const page = await openPage();
    await page.route("**/patterns/", (route) => route.fulfill({ status: 500 }));
    await page.goto(server.url);
    await page.getByText("The patterns cannot be shown: The server answered 500").waitFor();
    expect(await page.locator("#chosen").isHidden()).to.equal(true);
  });
});
