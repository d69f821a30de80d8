import { broadcast, type Connection } from "../../middleware/index.ts";
import type { Bus, Subscription } from "../bus/bus.ts";
import { LOOKS, type Look, REPORTS } from "./channels.ts";
import { History } from "./history.ts";
import { formatFrame, KEPT, parseFrame, type Report } from "./protocol.ts";
import type { Reporter } from "./reporter.ts";

/**
 * How long it waits for the other processes' reports of a second after its own, in milliseconds: all of them travel to a viewer in one
 * frame, and are drawn at once.
 */
const GATHERING = 200;

/** Those who look at the status page by this process. While there are any, all processes report. */
export class Viewers {
  readonly #bus: Bus;
  readonly #reporter: Reporter;
  readonly #viewers = new Set<Connection>();
  /** What the other processes reported. */
  readonly #others = new Map<string, History>();
  /** What the viewers have not been told yet. */
  #news: Report[] = [];
  #telling: NodeJS.Timeout | undefined;
  #subscription: Subscription | undefined;
  #stop = () => {};

  constructor(bus: Bus, reporter: Reporter) {
    this.#bus = bus;
    this.#reporter = reporter;
  }

  /** Tells a viewer what is kept, and from now on what is reported. Resolves when it has been sent what is kept. */
  async add(viewer: Connection): Promise<void> {
    void viewer.send(formatFrame({ type: "welcome", process: this.#reporter.id, kept: KEPT }));
    this.#viewers.add(viewer);
    if (this.#viewers.size === 1) this.#begin();
    const histories = [...this.#others.values()];
    for (const report of [...this.#reporter.kept, ...histories.flatMap((one) => one.reports())])
      await viewer.send(formatFrame({ type: "reports", reports: [report] }));
  }

  delete(viewer: Connection): void {
    if (this.#viewers.delete(viewer) && this.#viewers.size === 0) this.#end();
  }

  #begin(): void {
    const askForAll = () => this.#look("begin");
    this.#stop = this.#reporter.follow((report) => this.#hearOwn(report));
    this.#subscription = this.#bus.subscribe(REPORTS, {
      hear: (text) => this.#hear(text),
      missed: askForAll,
    });
    void this.#subscription.ready.then(askForAll);
  }

  /** What the others told is theirs, and they keep it. */
  #end(): void {
    this.#stop();
    this.#subscription?.end();
    this.#others.clear();
    clearTimeout(this.#telling);
    this.#telling = undefined;
    this.#news = [];
  }

  #look(look: Look): void {
    if (this.#viewers.size > 0 && !this.#bus.isAlone) this.#bus.publish(LOOKS, look);
  }

  #hearOwn(report: Report): void {
    this.#look("look");
    this.#tell(report);
  }

  /** What another version of this server may say is passed over, and so is what another process's viewers have asked for again. */
  #hear(text: string): void {
    const frame = parseFrame(text);
    if (frame?.type !== "reports") return;
    for (const { process, samples } of frame.reports) {
      const history = this.#others.get(process.id) ?? new History(process);
      this.#others.set(process.id, history);
      const news = history.add(samples);
      if (news.length > 0) this.#tell({ process, samples: news });
    }
  }

  #tell(report: Report): void {
    this.#news.push(report);
    this.#telling ??= setTimeout(() => this.#flush(), this.#bus.isAlone ? 0 : GATHERING);
  }

  #flush(): void {
    this.#telling = undefined;
    broadcast(this.#viewers, formatFrame({ type: "reports", reports: this.#news }));
    this.#news = [];
    for (const [id, history] of this.#others) if (history.isOver) this.#others.delete(id);
  }
}
