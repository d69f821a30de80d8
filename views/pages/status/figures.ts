import { element } from "../element.ts";
import { type Quantity, toCount, toQuantity } from "./format.ts";
import { costOf, type Sample, sum } from "./sample.ts";

/** The large figures by their ids, and what they tell of a sample. */
const FIGURES: Readonly<Record<string, (sample: Sample) => Quantity>> = {
  "figure-connections": ({ connections }) => toCount(sum(connections)),
  "figure-handshakes": ({ handshakes }) => toQuantity(handshakes, "/s"),
  "figure-messages": ({ messages }) => toQuantity(messages.in + messages.out, "/s"),
  "figure-delay": ({ delay }) => toQuantity(delay.p99, "s"),
  "figure-rss": ({ memory }) => toQuantity(memory.RSS, "B"),
  "figure-cost": (sample) => toQuantity(costOf(sample), "B"),
};

/** Creates the large figures, which show how things stand. */
export function createFigures(): (sample: Sample) => void {
  const figures = Object.entries(FIGURES).map(([id, figure]) => ({ place: element(id, HTMLElement), figure }));

  return function show(sample) {
    for (const { place, figure } of figures) place.replaceChildren(...render(figure(sample)));
  };
}

function render({ digits, unit }: Quantity): (Node | string)[] {
  if (unit === "") return [digits];
  const small = document.createElement("span");
  small.className = "unit";
  small.textContent = unit;
  return [digits, small];
}
