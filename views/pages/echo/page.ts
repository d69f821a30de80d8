import { type Client, connect, type Disconnect } from "../../../middleware/client/index.ts";
import { element } from "../element.ts";

const connection = element("connection", HTMLElement);
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
  const ws = connect("ws/", {
    stopOn: [1000],
    onConnecting: () => show("connecting", "Connecting…"),
    onOpen: begin,
    onClose: end,
  });
  form.onsubmit = (event) => submit(event, ws);
  for await (const message of ws) append(String(message));
  again.hidden = false;
  leadTo(again);
}

function begin(): void {
  messages.replaceChildren();
  show("open", "Connected");
  enable(true);
  leadTo(text);
}

function end({ delay }: Disconnect): void {
  enable(false);
  if (delay === undefined) show("ended", "Connection closed.");
  else show("closed", `Connection lost. Trying again in ${Math.ceil(delay / 1000)} s.`);
}

function submit(event: SubmitEvent, ws: Client): void {
  event.preventDefault();
  ws.send(text.value);
  text.value = "";
}

function append(message: string): void {
  const item = document.createElement("li");
  item.textContent = message;
  messages.append(item);
}

function show(state: "connecting" | "open" | "closed" | "ended", what: string): void {
  connection.dataset.state = state;
  connection.textContent = what;
}

function enable(isOpen: boolean): void {
  text.disabled = send.disabled = !isOpen;
}

/** Takes the keyboard along, unless its user has gone elsewhere. */
function leadTo(target: HTMLElement): void {
  const { activeElement, body } = document;
  if (activeElement === body || form.contains(activeElement)) target.focus();
}
