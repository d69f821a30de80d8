import type { Frame } from "../../../handlers/status/protocol.ts";
import { element } from "../element.ts";
import { oncePerFrame } from "../once-per-frame.ts";
import { createChart } from "./chart.ts";
import { createChooser } from "./chooser.ts";
import { followFeed } from "./feed.ts";
import { createFigures } from "./figures.ts";
import { Histories } from "./histories.ts";
import { createMoment } from "./moment.ts";
import { sourcesOf } from "./sources.ts";
import { SUBJECTS } from "./subjects.ts";
import { createSums } from "./sums.ts";
import { onSchemeChange } from "./theme.ts";

const main = element("main", HTMLElement);
const connection = element("connection", HTMLElement);
const histories = new Histories();
const sums = createSums(histories);
const requestDraw = oncePerFrame(draw);
const chooser = createChooser(element("source", HTMLSelectElement), requestDraw);
const moment = createMoment(element("moment", HTMLInputElement), oncePerFrame(read));
const length = element("length", HTMLSelectElement);
const showFigures = createFigures();
const charts = SUBJECTS.map((subject) => createChart(subject, moment.moveTo));
/** The process that serves this page. */
let own: string | undefined;

length.addEventListener("change", requestDraw);
onSchemeChange(requestDraw);
document.addEventListener("visibilitychange", requestDraw);
document.addEventListener("pointerdown", ({ target }) => {
  if (target instanceof Element && !target.closest(".u-over, #moment")) moment.moveTo(undefined);
});
await followFeed({ onFrame: receive, onState: showState });

function showState(state: "connecting" | "open" | "closed", text: string): void {
  connection.dataset.state = state;
  connection.textContent = text;
  main.toggleAttribute("data-stale", state !== "open");
}

function receive(frame: Frame): void {
  if (frame.type === "welcome") own = frame.process;
  else histories.add(frame.reports);
  requestDraw();
}

/** Whoever does not look costs nothing: what came meanwhile is drawn when the page is seen again. */
function draw(): void {
  const { now } = histories;
  if (document.hidden || now === undefined) return;
  chooser.offer(sourcesOf(histories, own));
  const chosen = chooser.chosen?.processes ?? [];
  const samples = sums(chosen);
  showFigures(chosen.some((one) => histories.isAlive(one)) ? samples.at(-1) : undefined);
  const period = { end: now, length: Number(length.value) };
  moment.limit(period.length);
  for (const chart of charts) chart.draw(samples, period);
}

function read(): void {
  for (const chart of charts) chart.read(moment.ago);
}
