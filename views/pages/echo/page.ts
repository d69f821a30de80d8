import { element } from "../element.ts";
import { socketUrl } from "../socket-url.ts";

const messages = element("messages", HTMLUListElement);
const form = element("form", HTMLFormElement);
const text = element("text", HTMLInputElement);
const send = element("send", HTMLButtonElement);
const again = element("again", HTMLButtonElement);

again.addEventListener("click", connect);
connect();

function connect(): void {
  const socket = new WebSocket(socketUrl("ws/", location.href));
  messages.replaceChildren();
  again.hidden = true;

  socket.addEventListener("open", () => {
    append("Connection open.", "event");
    enable(true);
    text.focus();
  });
  socket.addEventListener("message", ({ data }: MessageEvent<string>) => append(data, "message"));
  socket.addEventListener("close", () => {
    append("Connection closed.", "event");
    enable(false);
    again.hidden = false;
    again.focus();
  });

  form.onsubmit = (event) => {
    event.preventDefault();
    socket.send(text.value);
    text.value = "";
  };
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
