import { connect, type Message } from "../../../middleware/client/index.ts";
import { element } from "../element.ts";
import { oncePerFrame } from "../once-per-frame.ts";
import { createChart } from "./chart.ts";
import { createFigures } from "./figures.ts";
import { createMoment } from "./moment.ts";
import type { Sample } from "./sample.ts";
import { createStrokes } from "./strokes.ts";
import { SUBJECTS } from "./subjects.ts";
import { tabulate } from "./table.ts";
import { onSchemeChange } from "./theme.ts";

const connection = element("connection", HTMLElement);
const main = element("main", HTMLElement);
const showFigures = createFigures();
const moment = createMoment(
  element("moment", HTMLInputElement),
  element("moment-text", HTMLElement),
  oncePerFrame(read),
);
const charts = SUBJECTS.map((subject) => ({
  subject,
  chart: createChart(
    element(subject.id, HTMLElement),
    { ...subject, strokeOf: createStrokes() },
    moment.moveTo,
  ),
}));
const samples: Sample[] = [];
const requestDraw = oncePerFrame(draw);

const ws = connect(`feed/${location.search}`, {
  stopOn: [],
  onConnecting: () => showConnection("connecting", "Connecting…"),
  onOpen: () => showConnection("open", "Live"),
  onClose: ({ delay = 0 }) =>
    showConnection("closed", `Connection lost. Trying again in ${Math.ceil(delay / 1000)} s.`),
});

onSchemeChange(requestDraw);
document.addEventListener("visibilitychange", requestDraw);
for await (const message of ws) receive(message);

function showConnection(state: "connecting" | "open" | "closed", text: string): void {
  connection.dataset.state = state;
  connection.textContent = text;
  main.toggleAttribute("data-stale", state !== "open");
}

function receive(message: Message): void {
  const frame: Sample[] = JSON.parse(String(message));
  samples.push(...frame);
  requestDraw();
}

function draw(): void {
  if (document.visibilityState === "hidden") return;
  const last = samples.at(-1);
  if (!last) return;
  showFigures(last);
  for (const { subject, chart } of charts) chart.draw(tabulate(samples, subject.valuesOf), last.time / 1000);
}

function read(): void {
  for (const { chart } of charts) chart.read(moment.ago);
}
