import { CELLS_PROTOCOL, decodeFrame, type UpdateBlock } from "../../../handlers/life/cells-protocol.ts";
import { connect, type Message } from "../../../middleware/client/index.ts";
import { element } from "../element.ts";
import { oncePerFrame } from "../once-per-frame.ts";
import { createBoard } from "./board.ts";
import { createChart } from "./chart.ts";
import { fillChooser } from "./chooser.ts";
import { watchGame } from "./game.ts";
import { gameOf } from "./game-of.ts";
import { createGrid } from "./grid.ts";
import { colorLegend } from "./legend.ts";
import type { Scheme } from "./palette.ts";
import { createPanel } from "./panel.ts";
import { createPause } from "./pause.ts";
import { createRate } from "./rate.ts";
import { currentScheme, onSchemeChange } from "./scheme.ts";

/** How often figures are refreshed even if no frame arrives, in milliseconds: a game that stalls shows it. */
const REFRESH = 1_000;

const name = gameOf(location.pathname);
const board = createBoard();
const chart = createChart();
const grid = createGrid(element("grid", HTMLCanvasElement));
const panel = createPanel(name);
let game = watchGame();
let rate = createRate();
let scheme = currentScheme();

const ws = connect("watcher/", {
  protocols: [CELLS_PROTOCOL],
  stopOn: [],
  onConnecting: () => panel.showConnection("connecting", "Connecting…"),
  onOpen: startOver,
  onClose({ delay = 0 }) {
    panel.showConnection("closed", `Connection lost. Trying again in ${Math.ceil(delay / 1000)} s.`);
    panel.hideGame();
  },
});

const refresh = oncePerFrame(() => {
  grid.draw();
  board.resize(grid.size);
  chart.draw(game.history);
  if (ws.state === "open") panel.showGame(game, rate.perSecond(performance.now()), scheme);
});

createPause(
  (isPaused) => {
    grid.hold(isPaused);
    refresh();
  },
  () => game.step,
);
recolor(scheme);
onSchemeChange(recolor);
setInterval(() => {
  chart.describe(game.history);
  refresh();
}, REFRESH);
void fillChooser(name);
for await (const message of ws) receive(message);

function recolor(next: Scheme): void {
  scheme = next;
  grid.recolor(scheme);
  colorLegend(scheme);
  refresh();
}

/** A connection knows nothing of what an earlier one saw: the server tells all again. */
function startOver(): void {
  game = watchGame();
  rate = createRate();
  panel.showConnection("open", "Connected");
}

function receive(message: Message): void {
  if (typeof message === "string") return;
  const frame = decodeFrame(message);
  if (frame.kind === "updates") frame.blocks.forEach(update);
  else if (game.follow(frame)) grid.reset(frame.size);
  if (game.step !== undefined) rate.mark(game.step, performance.now());
  refresh();
}

function update(block: UpdateBlock): void {
  game.update(block);
  grid.paint(block);
}
