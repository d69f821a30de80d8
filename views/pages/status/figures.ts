import { connectionsOf, rssPerConnection, type Sample } from "../../../handlers/status/protocol.ts";
import { element } from "../element.ts";
import { type Quantity, toCount, toQuantity } from "./format.ts";

/** The large figures by their ids, and what they tell of a sample. */
const FIGURES: Readonly<Record<string, (sample: Sample) => Quantity>> = {
  "figure-connections": (sample) => toCount(connectionsOf(sample)),
  "figure-handshakes": ({ handshakes }) => toQuantity(handshakes, "/s"),
  "figure-messages": ({ messagesIn, messagesOut }) => toQuantity(messagesIn + messagesOut, "/s"),
  "figure-delay": ({ delayP99 }) => toQuantity(delayP99 / 1_000, "s"),
  "figure-rss": ({ rss }) => toQuantity(rss, "B"),
  "figure-cost": (sample) => toQuantity(rssPerConnection(sample), "B"),
};

/** Creates the large figures, which tell how things stand; dashes where that is not known. */
export function createFigures(): (sample: Sample | undefined) => void {
  const figures = Object.entries(FIGURES).map(([id, figure]) => ({
    place: element(id, HTMLElement),
    figure,
  }));

  return function show(sample) {
    for (const { place, figure } of figures)
      place.replaceChildren(...render(sample ? figure(sample) : toCount(undefined)));
  };
}

function render({ digits, unit }: Quantity): (Node | string)[] {
  if (unit === "") return [digits];
  const small = document.createElement("span");
  small.className = "unit";
  small.textContent = unit;
  return [digits, small];
}
