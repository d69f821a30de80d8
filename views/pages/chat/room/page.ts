import {
  type ChatMessage,
  foldNick,
  parseRoom,
  type ServerFrame,
} from "../../../../handlers/chat/protocol.ts";
import { element } from "../../element.ts";
import { oncePerFrame } from "../../once-per-frame.ts";
import { checkNick } from "../checks.ts";
import { createIdentity, randomId } from "../identity.ts";
import { createStore } from "../store.ts";
import { createAnnouncer } from "./announcer.ts";
import { createClock } from "./clock.ts";
import { createComposer } from "./composer.ts";
import { createEntrance } from "./entrance.ts";
import { createEntryItems } from "./entry-item.ts";
import { createEntryList } from "./entry-list.ts";
import { createFeed } from "./feed.ts";
import { keepFocus } from "./keep-focus.ts";
import { createMemberList } from "./member-list.ts";
import { createMembers } from "./members.ts";
import { createOutbox } from "./outgoing.ts";
import { createOutgoingList } from "./outgoing-list.ts";
import { createPastLine, createPositionButton } from "./past-line.ts";
import { createSender } from "./sender.ts";
import { createSession, type SessionState } from "./session.ts";
import { stateText } from "./state-text.ts";
import { createTyping } from "./typing.ts";
import { createTypingLine } from "./typing-line.ts";
import { createUnread, titleOf } from "./unread.ts";
import { trackVisibleHeight } from "./visible-height.ts";

const room = parseRoom(decodeURIComponent(location.pathname.split("/").at(-2) ?? "")) ?? "";
const store = createStore(() => localStorage);
const identity = createIdentity(store);
const outbox = createOutbox(store, `chat:out:${room}:`, randomId);
const members = createMembers();
const typing = createTyping();
const unread = createUnread(!document.hidden);
/** Who one is in the room. */
let own = identity.nick;
/** Who one would like to be. */
let wanted = own;
/** Whether somebody else is that already. */
let isTaken = false;
/** Whether the history that was there at first has come: what follows is news. */
let isSettled = false;
const news: ChatMessage[] = [];

const box = element("box", HTMLElement);
const connection = element("connection", HTMLElement);
const again = element("again", HTMLButtonElement);
const nothing = element("nothing", HTMLElement);
const entrance = createEntrance(
  {
    main: element("main", HTMLElement),
    form: element("entrance", HTMLFormElement),
    field: element("nick", HTMLInputElement),
    message: element("nick-problem", HTMLElement),
    cancel: element("cancel", HTMLButtonElement),
  },
  enter,
  stay,
);
const showTyping = createTypingLine(element("typing", HTMLElement), typing);
const announce = createAnnouncer(element("announcer", HTMLElement));

const feed = createFeed({
  box,
  list: createEntryList(element("messages", HTMLElement), createEntryItems(createClock(), isMine)),
  onHistory: createPastLine(() => feed.retry()),
  onPosition: createPositionButton(() => feed.toEnd()),
  onOlder(messages) {
    for (const { ref } of messages) sender.heard(ref);
  },
});
const session = createSession({
  key: identity.key,
  since: () => feed.last,
  onFrame: receive,
  onState: showState,
});
const sender = createSender(outbox, {
  send: session.send,
  onStall: session.again,
  onChange: () => showOutgoing(),
});
const outgoing = createOutgoingList(element("outgoing", HTMLElement), sender);
const composer = createComposer(
  {
    form: element("composer", HTMLFormElement),
    field: element("text", HTMLTextAreaElement),
    hint: element("hint", HTMLElement),
  },
  write,
  () => session.send({ type: "typing" }),
);
const memberList = createMemberList({
  list: element("members", HTMLElement),
  toggle: element("toggle", HTMLButtonElement),
  panel: element("panel", HTMLElement),
});
const showMembers = oncePerFrame(() => memberList(members, own));
const showOutgoing = oncePerFrame(() => feed.change(() => outgoing(outbox.messages)));
const showNews = oncePerFrame(() => announce(news.splice(0)));

element("name", HTMLElement).textContent = room;
element("rename", HTMLButtonElement).addEventListener("click", () => ask("renaming"));
again.addEventListener("click", () => {
  session.again();
  composer.focus();
});
document.addEventListener("visibilitychange", () => {
  unread.see(!document.hidden);
  showTitle();
});
keepFocus(box);
trackVisibleHeight(document.documentElement, visualViewport);
showTitle();
showOutgoing();
if ("value" in checkNick(own)) enter(own);
else ask("entrance");

function enter(nick: string): void {
  identity.nick = wanted = nick;
  isTaken = false;
  session.enter(nick);
  showRoom();
}

function showRoom(): void {
  entrance.close();
  composer.focus();
}

/** Asks for a nick: who has one in this room already may stay with it. */
function ask(stage: "entrance" | "renaming", problem = ""): void {
  entrance.ask({
    stage,
    nick: wanted,
    problem,
    canCancel: stage === "renaming" && !(isTaken && wanted === own),
  });
}

function stay(): void {
  if (isTaken) enter(own);
  else showRoom();
}

function write(text: string): void {
  outbox.add(text);
  sender.wake();
  feed.toEnd();
}

function receive(frame: ServerFrame): void {
  if (frame.type === "welcome") welcome(frame);
  else if (frame.type === "gap") feed.add({ type: "gap" }, false);
  else if (frame.type === "message") hear(frame);
  else if (frame.type === "ack") sender.kept(frame.ref);
  else if (frame.type === "error") frame.ref !== undefined && sender.refused(frame.ref, frame);
  else if (frame.type === "ready") settled();
  else if ("nick" in frame) notice(frame);
}

function welcome({ nick, members: nicks }: Extract<ServerFrame, { type: "welcome" }>): void {
  own = nick;
  members.reset([...nicks, nick]);
  showMembers();
}

function settled(): void {
  isSettled = true;
  nothing.hidden = feed.last !== undefined;
  feed.open();
}

/** Whoever writes a nick in another case is the same to the server. */
function isMine(nick: string): boolean {
  return foldNick(nick) === foldNick(own);
}

function hear(message: ChatMessage): void {
  const isOwn = isMine(message.nick);
  nothing.hidden = true;
  sender.heard(message.ref);
  typing.stopped(message.nick);
  showTyping();
  if (!feed.add(message, isOwn) || isOwn || !isSettled) return;
  unread.came();
  showTitle();
  news.push(message);
  showNews();
}

function notice({ type, nick }: { type: "joined" | "left" | "typing"; nick: string }): void {
  if (type === "typing") typing.heard(nick, performance.now());
  else {
    members[type](nick);
    typing.stopped(nick);
    showMembers();
  }
  showTyping();
}

function showState(state: SessionState): void {
  const { text, state: color, action } = stateText(state);
  connection.hidden = false;
  connection.textContent = text;
  connection.dataset.state = color;
  again.hidden = action === undefined;
  again.textContent = action ?? "";
  if (state.kind === "ready") sender.start();
  else {
    sender.stop();
    typing.clear();
    showTyping();
  }
  isTaken = state.kind === "nick-taken";
  if (state.kind === "nick-taken") ask(isSettled ? "renaming" : "entrance", `${state.reason}.`);
}

function showTitle(): void {
  document.title = titleOf(`${room} · Chat · express-c10k`, unread.count);
}
