import { expect } from "chai";
import { formatFrame, TYPING_EXPIRES } from "../../handlers/chat/protocol.ts";
import { joinChat } from "../support/chat-client.ts";
import { enterRoom, type RoomPage, roomPage } from "../support/chat-page.ts";
import { useBrowser } from "../support/use-browser.ts";
import { useChatSite } from "../support/use-chat-site.ts";

describe("a room of the chat, in two browsers", () => {
  const openPage = useBrowser();
  const site = useChatSite();

  async function enter(nick: string, room = "tea"): Promise<RoomPage> {
    return enterRoom(await openPage(), site(), room, nick);
  }

  async function enterBoth(): Promise<[RoomPage, RoomPage]> {
    return [await enter("Ann"), await enter("Ben")];
  }

  /** What a page shows of its messages: the author where it stands, and the text. */
  function shown({ messages }: RoomPage): Promise<string[]> {
    return messages.evaluateAll((items) =>
      items.map((item) => {
        const author = item.querySelector(".author")?.textContent;
        const text = item.querySelector(".text")?.textContent;
        return author ? `${author}: ${text}` : `${text}`;
      }),
    );
  }

  it("shows both what each of them says, grouped by author, one's own told apart", async () => {
    const [ann, ben] = await enterBoth();
    await ann.write("Hello");
    await ann.write("Anybody here?");
    await ben.untilLast("Anybody here?");
    await ben.write("Me");
    await ann.untilLast("Me");
    await ben.untilLast("Me");
    expect(await shown(ann)).to.deep.equal(["Ann (you): Hello", "Anybody here?", "Ben: Me"]);
    expect(await shown(ben)).to.deep.equal(["Ann: Hello", "Anybody here?", "Ben (you): Me"]);
    expect(await ann.page.locator(".message.own .text").allTextContents()).to.deep.equal([
      "Hello",
      "Anybody here?",
    ]);
    expect(await ann.outgoing.count()).to.equal(0);
  });

  it("knows one's own messages though one writes the nick in another case now", async () => {
    const before = await joinChat(site(), "tea", "ANN");
    await before.ack("1", "Hello");
    before.ws.close();
    await before.closed;
    const ann = await enter("Ann");
    await ann.untilLast("Hello");
    expect(await ann.page.locator(".message.own .text").allTextContents()).to.deep.equal(["Hello"]);
  });

  it("gives each message its local time, with the full date on hover, below the day", async () => {
    const ann = await enter("Ann");
    await ann.write("Hello");
    await ann.untilLast("Hello");
    const time = ann.messages.locator("time");
    const iso = (await time.getAttribute("datetime")) ?? "";
    expect(new Date(iso).toISOString()).to.equal(iso);
    const year = String(new Date(iso).getFullYear());
    expect(await time.getAttribute("title")).to.contain(year);
    expect(await time.textContent()).to.match(/\d\d:\d\d/);
    expect(await ann.page.locator(".day").allTextContents()).to.have.length(1);
    expect(await ann.page.locator(".day").textContent()).to.contain(year);
  });

  it("says who is typing, until the message comes or a while has passed", async () => {
    const [ann, ben] = await enterBoth();
    const typing = ben.page.locator("#typing");
    await ann.page.locator("#text").pressSequentially("Wait");
    await typing.getByText("Ann is typing…").waitFor();
    await ann.page.locator("#text").press("Enter");
    await ben.untilLast("Wait");
    expect(await typing.textContent()).to.equal("");
    const zoe = await joinChat(site(), "tea", "Zoe");
    await ben.page.clock.install();
    zoe.send(formatFrame({ type: "typing" }));
    await typing.getByText("Zoe is typing…").waitFor();
    await ben.page.clock.runFor(TYPING_EXPIRES);
    expect(await typing.textContent()).to.equal("");
  });

  it("lists who is there, once each, as they come and go", async () => {
    const ann = await enter("Ann");
    const members = ann.page.locator("#members > li");
    const names = () => members.locator(".nick").allTextContents();
    await members.nth(0).waitFor();
    const zoe = await joinChat(site(), "tea", "Zoe");
    await members.getByText("Zoe").waitFor();
    const ben = await enter("Ben");
    await members.getByText("Ben").waitFor();
    expect(await names()).to.deep.equal(["Ann", "Ben", "Zoe"]);
    await ben.page.close();
    await members.getByText("Ben").waitFor({ state: "detached" });
    zoe.ws.terminate();
    await members.getByText("Zoe").waitFor({ state: "detached" });
    expect(await names()).to.deep.equal(["Ann"]);
  });

  it("has the history after a reload, and does not ask for the nick again", async () => {
    const [ann, ben] = await enterBoth();
    await ann.write("One");
    await ben.untilLast("One");
    await ben.write("Two");
    await ann.untilLast("Two");
    await ann.page.reload();
    await ann.untilLast("Two");
    expect(await shown(ann)).to.deep.equal(["Ann (you): One", "Ben: Two"]);
    await ann.write("Three");
    await ben.untilLast("Three");
  });

  it("counts in the title what comes while the page is hidden", async () => {
    const [ann, ben] = await enterBoth();
    await setHidden(ann, true);
    await ben.write("Psst");
    await ann.page.waitForFunction(() => document.title === "(1) tea · Chat · express-c10k");
    await ben.write("Ann?");
    await ann.page.waitForFunction(() => document.title === "(2) tea · Chat · express-c10k");
    await setHidden(ann, false);
    expect(await ann.page.title()).to.equal("tea · Chat · express-c10k");
  });

  it("says that a nick is taken, and enters under another one", async () => {
    await joinChat(site(), "tea", "ann");
    const page = await openPage();
    await page.goto(`${site().url}/chat/tea/`);
    await page.locator("#nick").fill("Ann");
    await page.getByRole("button", { name: "Enter" }).click();
    await page.locator("#nick-problem").getByText("Ann").waitFor();
    expect(await page.locator("#nick").getAttribute("aria-invalid")).to.equal("true");
    await page.locator("#nick").fill("Ann B.");
    await page.locator("#nick").press("Enter");
    const ann = roomPage(page);
    await ann.untilState("open");
    await ann.write("Here I am");
    await ann.untilLast("Here I am");
    expect(await shown(ann)).to.deep.equal(["Ann B. (you): Here I am"]);
  });

  it("goes on in the tab that was opened last, and in the other one when asked to", async () => {
    const ann = await enter("Ann");
    const second = await ann.page.context().newPage();
    await second.goto(`${site().url}/chat/tea/`);
    await ann.page.getByText("You went on in another tab.").waitFor();
    await ann.page.getByRole("button", { name: "Go on here" }).click();
    await ann.untilState("open");
    await second.getByText("You went on in another tab.").waitFor();
    await ann.write("Hello");
    await ann.untilLast("Hello");
  });

  it("says once what two tabs have on their way", async () => {
    const ann = await enter("Ann");
    const second = roomPage(await ann.page.context().newPage());
    await second.page.goto(`${site().url}/chat/tea/`);
    await ann.page.getByText("You went on in another tab.").waitFor();
    await ann.write("Hello");
    await ann.outgoing.getByText("Waiting").waitFor();
    await second.page.reload();
    await second.untilLast("Hello");
    await ann.page.getByRole("button", { name: "Go on here" }).click();
    await ann.untilLast("Hello");
    await ann.outgoing.first().waitFor({ state: "detached" });
    await ann.write("Again");
    await ann.untilLast("Again");
    expect(await ann.texts()).to.deep.equal(["Hello", "Again"]);
  });

  it("stays with the nick when one does not change it after all", async () => {
    await joinChat(site(), "tea", "Zoe");
    const { page, write, untilLast, untilState } = await enter("Ann");
    const field = page.locator("#nick");
    for (const cancel of [
      () => field.press("Escape"),
      () => page.getByRole("button", { name: "Cancel" }).click(),
    ]) {
      await page.getByRole("button", { name: "Change nick" }).click();
      await field.fill("Anna");
      await cancel();
      expect(await page.evaluate(() => document.activeElement?.id)).to.equal("text");
    }
    await page.getByRole("button", { name: "Change nick" }).click();
    expect(await field.inputValue()).to.equal("Ann");
    await field.fill("zoe");
    await field.press("Enter");
    await page.locator("#nick-problem").getByText("zoe").waitFor();
    expect(await field.inputValue()).to.equal("zoe");
    await page.getByRole("button", { name: "Cancel" }).click();
    await untilState("open");
    await write("Still me");
    await untilLast("Still me");
    expect(await shown(roomPage(page))).to.deep.equal(["Ann (you): Still me"]);
  });

  it("changes the nick in the middle of it all", async () => {
    const [ann, ben] = await enterBoth();
    await ann.page.getByRole("button", { name: "Change nick" }).click();
    await ann.page.locator("#nick").fill("Anna");
    await ann.page.locator("#nick").press("Enter");
    await ben.page.locator("#members .nick").getByText("Anna").waitFor();
    await ann.untilState("open");
    await ann.write("Me again");
    await ben.untilLast("Me again");
    expect(await shown(ben)).to.deep.equal(["Anna: Me again"]);
  });
});

async function setHidden({ page }: RoomPage, isHidden: boolean): Promise<void> {
  await page.evaluate((hidden) => {
    Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }, isHidden);
}
