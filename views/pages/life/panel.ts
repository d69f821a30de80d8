import type { GameFrame } from "../../../handlers/life/cells-protocol.ts";
import { element } from "../element.ts";
import { commandFor } from "./command.ts";
import type { WatchedGame } from "./game.ts";
import { cellColor, type Scheme } from "./palette.ts";
import { showCommand } from "./show-command.ts";

/** What stands beside the grid: the connection's state, the game's, and figures. */
export interface Panel {
  /** Shows the state of the connection to the server. */
  showConnection(state: "connecting" | "open" | "closed", text: string): void;
  /** Shows what the game waits for, and figures. */
  showGame(game: WatchedGame, stepsPerSecond: number, scheme: Scheme): void;
  /** Takes back what is said about a game of which nothing is heard any more; its figures remain. */
  hideGame(): void;
}

/**
 * Creates the panel out of the page's elements.
 *
 * @param name of the game; undefined for the default one
 */
export function createPanel(name: string | undefined): Panel {
  const connection = element("connection", HTMLElement);
  const status = element("status", HTMLElement);
  const progress = element("progress", HTMLProgressElement);
  const hint = element("hint", HTMLElement);
  const figures = createFigures();
  showCommand(element("command", HTMLElement), commandFor({ game: name }, location.origin));
  if (name !== undefined) {
    element("name", HTMLElement).textContent = name;
    document.title = `${name} · ${document.title}`;
  }

  return {
    showConnection(state, text) {
      connection.dataset.state = state;
      connection.textContent = text;
    },
    showGame(game, stepsPerSecond, scheme) {
      const { frame } = game;
      if (!frame) return;
      const gathered = progressOf(frame);
      status.textContent = describe(frame);
      progress.max = frame.size ** 2;
      progress.value = gathered ?? 0;
      progress.hidden = gathered === undefined;
      hint.hidden = frame.phase !== "idle";
      status.hidden = false;
      figures(game, frame, stepsPerSecond, scheme);
    },
    hideGame() {
      for (const part of [status, progress, hint]) part.hidden = true;
    },
  };
}

function createFigures() {
  const step = element("step", HTMLElement);
  const rate = element("rate", HTMLElement);
  const population = element("population", HTMLElement);
  const size = element("size", HTMLElement);

  return function figures(game: WatchedGame, frame: GameFrame, stepsPerSecond: number, scheme: Scheme): void {
    step.textContent = String(game.step ?? "–");
    rate.textContent = frame.phase === "running" ? formatRate(stepsPerSecond) : "–";
    population.textContent = game.step === undefined ? "–" : String(game.population);
    population.style.setProperty("--live", game.step === undefined ? "" : cellColor(game.step, true, scheme));
    size.textContent = `${frame.size}×${frame.size}`;
  };
}

function describe({ phase, size, connected, subscribed }: GameFrame): string {
  switch (phase) {
    case "idle":
      return "No game is running.";
    case "connecting":
      return `workers connected: ${connected} of ${size ** 2}`;
    case "subscribing":
      return `workers subscribed: ${subscribed} of ${size ** 2}`;
    case "running":
      return "A game is running.";
  }
}

function progressOf({ phase, connected, subscribed }: GameFrame): number | undefined {
  if (phase === "connecting") return connected;
  return phase === "subscribing" ? subscribed : undefined;
}

function formatRate(stepsPerSecond: number): string {
  return stepsPerSecond.toFixed(stepsPerSecond < 10 ? 1 : 0);
}
