import { type Client, connect } from "../../../middleware/client/index.ts";
import { element } from "../element.ts";

const messages = element("messages", HTMLUListElement);
const form = element("form", HTMLFormElement);
const text = element("text", HTMLInputElement);
const send = element("send", HTMLButtonElement);
const again = element("again", HTMLButtonElement);

again.addEventListener("click", converse);
converse();

/** One conversation, to its goodbye; where its connection is lost it starts over, as the server does. */
async function converse(): Promise<void> {
  again.hidden = true;
  const ws = connect("ws/", { onOpen: begin, onClose: end });
  form.onsubmit = (event) => submit(event, ws);
  for await (const message of ws) append(String(message), "message");
  again.hidden = false;
  again.focus();
}

function begin(): void {
  messages.replaceChildren();
  append("Connection open.", "event");
  enable(true);
  text.focus();
}

function end(): void {
  if (!text.disabled) append("Connection closed.", "event");
  enable(false);
}

function submit(event: SubmitEvent, ws: Client): void {
  event.preventDefault();
  ws.send(text.value);
  text.value = "";
}

function append(line: string, kind: "event" | "message"): void {
  const item = document.createElement("li");
  item.className = kind;
  item.textContent = line;
  messages.append(item);
}

function enable(isOpen: boolean): void {
  text.disabled = send.disabled = !isOpen;
}
