import type { Choice } from "./pattern-list.ts";
import { isSmall, pathOf, viewBoxOf } from "./preview.ts";

const SVG = "http://www.w3.org/2000/svg";

/** Creates what one chooses a pattern by: a radio button with its picture and name. */
export function patternCard(choice: Choice, isChosen: boolean, onChoose: () => void): HTMLElement {
  const radio = document.createElement("input");
  radio.type = "radio";
  radio.name = "pattern";
  radio.value = choice.name;
  radio.defaultChecked = isChosen;
  radio.addEventListener("change", onChoose);
  const title = document.createElement("span");
  title.textContent = choice.title;
  const card = document.createElement("label");
  card.className = "pattern";
  card.append(radio, preview(choice), title);
  return card;
}

function preview(choice: Choice): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", viewBoxOf(choice));
  svg.setAttribute("aria-hidden", "true");
  svg.toggleAttribute("data-small", isSmall(choice));
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", pathOf(choice));
  svg.append(path);
  return svg;
}
