import { CELLS_PROTOCOL, decodeFrame, type UpdateBlock } from "../../../handlers/life/protocol.ts";
import { element } from "../element.ts";
import { socketUrl } from "../socket-url.ts";
import { watchGame } from "./game.ts";
import { createGrid } from "./grid.ts";
import { oncePerFrame } from "./once-per-frame.ts";
import { createPanel } from "./panel.ts";
import { createRate } from "./rate.ts";
import { reconnect } from "./reconnect.ts";

/** How often figures are refreshed even if no frame arrives, in milliseconds: a game that stalls shows it. */
const REFRESH = 1_000;

const grid = createGrid(element("sheet", HTMLElement), element("grid", HTMLCanvasElement));
const panel = createPanel();

reconnect(watch, (delay) => {
  panel.showConnection("closed", `Connection lost. Trying again in ${Math.ceil(delay / 1000)} s.`);
  panel.hideGame();
});

/** Watches the game over a connection, which knows nothing of what an earlier one saw: the server tells all again. */
function watch(): WebSocket {
  const game = watchGame();
  const rate = createRate();
  const socket = new WebSocket(socketUrl("watcher/", location.href), CELLS_PROTOCOL);

  const refresh = oncePerFrame(() => {
    grid.draw();
    if (socket.readyState === WebSocket.OPEN) panel.showGame(game, rate.perSecond(performance.now()));
  });

  function receive({ data }: MessageEvent<ArrayBuffer>): void {
    const frame = decodeFrame(data);
    if (frame.kind === "updates") frame.blocks.forEach(update);
    else if (game.follow(frame)) grid.reset(frame.size);
    if (game.step !== undefined) rate.mark(game.step, performance.now());
    refresh();
  }

  function update(block: UpdateBlock): void {
    game.update(block);
    grid.paint(block);
  }

  panel.showConnection("connecting", "Connecting…");
  const timer = setInterval(refresh, REFRESH);
  socket.binaryType = "arraybuffer";
  socket.addEventListener("open", () => panel.showConnection("open", "Connected"));
  socket.addEventListener("message", receive);
  socket.addEventListener("close", () => clearInterval(timer));
  return socket;
}
