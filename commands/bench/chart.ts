import type { Column } from "./columns.ts";
import { describeMachine } from "./machine.ts";
import { OURS } from "./peers.ts";
import type { PeerReport, Report } from "./report.ts";
import { quantity } from "./table.ts";

/** Sizes in pixels. GitHub shows a page's pictures about as wide as this. */
const WIDTH = 840;
const NAMES = 150;
const TITLES = 58;
const ROW = 24;
const BAR = 12;
const LABEL = 46;
const FOOT = 26;

/** Read on white and on black alike, where the reader's scheme is not told. */
const STYLE = `
    text { font: 12px system-ui, sans-serif; fill: #59636e }
    .title, .ours { font-weight: 600; fill: #1f2328 }
    .note { font-size: 11px }
    rect { fill: #afb8c1 }
    rect.ours { fill: #0969da }
    line { stroke: #818b98; stroke-dasharray: 2 2 }
    @media (prefers-color-scheme: dark) {
      text { fill: #9198a1 }
      .title, .ours { fill: #f0f6fc }
      rect { fill: #656c76 }
      rect.ours { fill: #4493f8 }
    }`;

/**
 * Draws the ratios against bare ws: a row for each peer, and a column of bars for each that the report has. A dashed line
 * shows where bare ws is.
 *
 * @returns an SVG document
 */
export function chart(report: Report): string {
  const { columns, peers, machine, scale } = report;
  const height = TITLES + peers.length * ROW + FOOT;
  const step = (WIDTH - NAMES) / columns.length;
  const parts = [
    ...peers.map(({ name }, row) => text(0, middle(row), name, classOf(name))),
    ...columns.flatMap((column, index) => drawColumn(column, peers, NAMES + index * step, step - LABEL)),
    text(0, height - 6, `Times bare ws, medians of ${scale.runs} runs. ${describeMachine(machine)}`, "note"),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img">
  <title>express-c10k and its peers against bare ws</title>
  <style>${STYLE}
  </style>
  ${parts.join("\n  ")}
</svg>
`;
}

function drawColumn(column: Column, peers: readonly PeerReport[], x: number, width: number): string[] {
  const ratioOf = ({ figures }: PeerReport) => figures[column.name]?.ratio?.median ?? 0;
  const scale = width / Math.max(1, ...peers.map(ratioOf));
  const bars = peers.flatMap((peer, row) => {
    const length = ratioOf(peer) * scale;
    const className = classOf(peer.name);
    return [
      `<rect x="${px(x)}" y="${px(middle(row) - BAR / 2)}" width="${px(length)}" height="${BAR}"${attribute(className)}/>`,
      text(x + length + 5, middle(row), quantity(ratioOf(peer)), className),
    ];
  });
  const bottom = TITLES + peers.length * ROW;
  const ws = px(x + scale);
  return [
    ...titleLines(column).map((line, index) =>
      text(x, 12 + index * 15, line, index === 0 ? "title" : "note"),
    ),
    `<line x1="${ws}" y1="${TITLES}" x2="${ws}" y2="${bottom}"/>`,
    ...bars,
  ];
}

/** What it is of, how it was measured, and which way is better where that is not plain. */
function titleLines({ figure, circumstances, lessIsBetter }: Column): string[] {
  return [figure, circumstances, ...(lessIsBetter ? ["less is better"] : [])];
}

function classOf(name: string): string {
  return name === OURS ? "ours" : "";
}

/** The middle of a row. */
function middle(row: number): number {
  return TITLES + row * ROW + ROW / 2;
}

function text(x: number, y: number, content: string, className: string): string {
  return `<text x="${px(x)}" y="${px(y)}" dominant-baseline="middle"${attribute(className)}>${escapeText(content)}</text>`;
}

function attribute(className: string): string {
  return className && ` class="${className}"`;
}

function px(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function escapeText(content: string): string {
  return content.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
