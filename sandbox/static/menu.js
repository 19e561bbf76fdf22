// What one can do with a message: react, reply, copy, change, take back.
import { icon, make } from "./dom.js";
import { answer, change } from "./compose.js";
import { here, spot } from "./state.js";
import { trouble } from "./trouble.js";
import { say } from "./words.js";
import { ask } from "./wire.js";

const EMOJIS = ["👍", "❤️", "😂", "😮", "😢", "🙏"];
const CHANGEABLE = new Set(["text", "image", "video", "document"]);
const EDIT_SECONDS = 15 * 60, REVOKE_SECONDS = 2 * 24 * 3600;
const LONG_PRESS = 450, SWIPED = 56;

const menu = make("dialog.menu");
document.querySelector(".device").append(menu);
// A finger that held a message is lifted over the open menu: only a new press beside it closes.
let pressed = false;
menu.addEventListener("pointerdown", (event) => { pressed = event.target === menu; });
menu.addEventListener("click", (event) => event.target === menu && pressed && menu.close());
menu.addEventListener("close", () => menu.replaceChildren());

/** Opens the menu of a message beside `anchor`; arrows move, Escape closes. */
export function openMenu(wamid, anchor) {
  const one = here.talk?.bubbles.find((found) => found.wamid === wamid);
  if (!one || one.deleted) return;
  const own = one.reactions[spot().from];
  const react = (emoji) => act(() => ask("/api/customers/react", { ...spot(), wamid, emoji: emoji === own ? "" : emoji }));
  const emojis = EMOJIS.map((emoji) => make("button", {
    type: "button", text: emoji, "aria-pressed": String(emoji === own),
    "aria-label": say(emoji === own ? "takeBack" : "reactWith", { emoji }), onclick: () => react(emoji),
  }));
  const age = Date.now() / 1000 - one.at;
  const isOwn = one.mine && (!one.author || one.author === spot().from);
  menu.ariaLabel = say("menu");
  menu.replaceChildren(make("div.emojis", {}, ...emojis), make("div.deeds", {}, ...[
    deed("reply", "reply", () => answer(one)),
    one.text && deed("copy", "copy", () => navigator.clipboard?.writeText(one.text)),
    isOwn && CHANGEABLE.has(one.kind) && age < EDIT_SECONDS && deed("pencil", "edit", () => change(one)),
    isOwn && age < REVOKE_SECONDS && deed("trash", "remove", () => ask("/api/customers/revoke", { ...spot(), wamid })),
  ].filter(Boolean)));
  pressed = false;
  if (!menu.open) menu.showModal();
  put(anchor);
}

function deed(name, word, work) {
  return make("button", { type: "button", onclick: () => act(work) }, icon(name), say(word));
}

async function act(work) {
  menu.close();
  try { await work(); } catch (error) { trouble(error); }
}

function put(anchor) {
  const near = anchor.getBoundingClientRect(), own = menu.getBoundingClientRect();
  const frame = document.querySelector(".device").getBoundingClientRect();
  const left = Math.min(Math.max(near.right - own.width, frame.left + 12), frame.right - own.width - 12);
  const below = near.bottom + 6 + own.height < frame.bottom - 12;
  menu.style.left = `${left}px`;
  menu.style.top = `${below ? near.bottom + 6 : Math.max(frame.top + 12, near.top - own.height - 6)}px`;
}

menu.addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const all = [...menu.querySelectorAll("button")];
  all[(all.indexOf(document.activeElement) + step + all.length) % all.length].focus();
});

/** On a touch screen: hold for the menu, pull to the right to reply. */
export function swipes(node, wamid) {
  let from = null, timer = 0, pulled = 0;
  const rest = () => {
    clearTimeout(timer);
    node.style.translate = "";
    from = null;
  };
  node.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "touch") return;
    from = { x: event.clientX, y: event.clientY };
    pulled = 0;
    timer = setTimeout(() => { rest(); openMenu(wamid, node); }, LONG_PRESS);
  });
  node.addEventListener("pointermove", (event) => {
    if (!from) return;
    const across = event.clientX - from.x, down = Math.abs(event.clientY - from.y);
    if (Math.abs(across) > 8 || down > 8) clearTimeout(timer);
    if (down > 40) return rest();
    pulled = Math.max(0, Math.min(across, SWIPED + 14));
    node.style.translate = `${pulled}px`;
  });
  node.addEventListener("pointerup", () => {
    if (from && pulled >= SWIPED) answer(here.talk.bubbles.find((one) => one.wamid === wamid));
    rest();
  });
  node.addEventListener("pointercancel", rest);
  node.addEventListener("contextmenu", (event) => {
    if (event.target.closest("a, img, video")) return;
    event.preventDefault();
    openMenu(wamid, node);
  });
}
