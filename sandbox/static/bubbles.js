// The chat: days, bubbles, ticks, reactions. A bubble that has not changed is not drawn anew.
import { hue, icon, make, settle } from "./dom.js";
import { brief, content } from "./kinds.js";
import { openMenu, swipes } from "./menu.js";
import { company, here, named, spot } from "./state.js";
import { buttonsUnder } from "./taps.js";
import { locale, say } from "./words.js";

const drawn = new Map(); // wamid -> {key, node, parts}

export const clock = (seconds) =>
  new Date(seconds * 1000).toLocaleTimeString(locale(), { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/** Puts the chat's messages into `log`. */
export function drawBubbles(log, bubbles) {
  const known = new Map(bubbles.map((one) => [one.wamid, one]));
  for (const wamid of drawn.keys()) if (!known.has(wamid)) drawn.delete(wamid);
  const rows = [];
  let day = "", side = "";
  for (const one of bubbles) {
    const date = new Date(one.at * 1000);
    if (date.toDateString() !== day) {
      day = date.toDateString();
      side = "";
      rows.push(dayRow(log, date));
    }
    if (one.kind === "system") {
      side = "";
      rows.push(kept(one, locale(), () => make("p.day", { text: say("newNumber", { text: one.text }) })));
      continue;
    }
    const whose = one.mine ? one.author || "me" : "company";
    rows.push(bubble(one, side !== whose, known.get(one.reply_to)));
    side = whose;
  }
  settle(log, rows);
}

function dayRow(log, date) {
  const words = date.toDateString() === new Date().toDateString() ? say("today")
    : date.toLocaleDateString(locale(), { dateStyle: "long" });
  return [...log.children].find((node) => node.matches(".day") && node.textContent === words)
    || make("p.day", { text: words });
}

function kept(one, key, draw) {
  const before = drawn.get(one.wamid);
  if (before?.key === key) return before.node;
  const node = draw();
  drawn.set(one.wamid, { key, node });
  return node;
}

function bubble(one, isFirst, quoted) {
  const { state, reactions, tapped, ...lasting } = one;
  const own = one.mine && (!one.author || one.author === spot().from);
  const name = own || !isFirst || !spot().group ? "" : one.mine ? named(one.author) : company().name;
  const key = JSON.stringify([lasting, own, name, quoted && brief(quoted), locale()]);
  const node = kept(one, key, () => draw(one, own, name, quoted));
  node.classList.toggle("first", isFirst);
  node.querySelector(":scope > footer").replaceChildren(...foot(one, own));
  node.querySelector(":scope > .reactions")?.remove();
  node.querySelector(":scope > .taps")?.remove();
  node.append(...[faces(one), buttonsUnder(one)].filter(Boolean));
  return node;
}

function draw(one, own, name, quoted) {
  const node = make(`div.bubble${own ? ".mine" : ""}.is-${one.deleted ? "deleted" : one.kind}`, { "data-wamid": one.wamid });
  if (name) node.append(author(name));
  if (quoted && !one.deleted) node.append(quote(quoted));
  if (one.deleted) node.append(make("p.gone", {}, icon("ban"), say("deleted")));
  else node.append(...content(one));
  node.append(make("footer"));
  if (one.deleted) return node;
  node.append(make("button.more", { type: "button", "aria-label": `${say("menu")}: ${brief(one).slice(0, 40)}`, "aria-haspopup": "dialog", onclick: (event) => openMenu(one.wamid, event.currentTarget) }, icon("down")));
  swipes(node, one.wamid);
  return node;
}

function author(name) {
  const node = make("b.author", { text: name });
  node.style.setProperty("--h", hue(name));
  return node;
}

function quote(one) {
  const whose = one.mine ? (one.author ? named(one.author) : say("youShort")) : say("company2");
  const show = () => document.querySelector(`[data-wamid="${CSS.escape(one.wamid)}"]`)?.scrollIntoView({ block: "center", behavior: "smooth" });
  return make("button.quote", { type: "button", onclick: show }, make("b", { text: whose }), make("span", { text: brief(one) }));
}

function foot(one, own) {
  const words = [one.edited && !one.deleted && say("edited"), clock(one.at)].filter(Boolean).join(" ");
  const marks = own ? [ticks(one.state)] : one.state === "failed" ? [tick("fail", "is-failed", "failed")] : [];
  return [one.echo && tick("mobile", "is-echo", "echo"), words, ...marks].filter(Boolean);
}

function ticks(state) {
  if (state === "read") return tick("ticks", "is-read", "read");
  if (state === "taken") return tick("ticks", "is-taken", "taken");
  return tick("clock", "is-waiting", state);
}

function tick(name, look, word) {
  return make(`span.${look}`, { title: say(word), role: "img", "aria-label": say(word) }, icon(name));
}

function faces(one) {
  const given = Object.entries(one.reactions);
  if (!given.length) return null;
  const emojis = [...new Set(given.map(([, emoji]) => emoji))].join("");
  const who = given.map(([id, emoji]) => `${id === "company" ? say("company2") : id === here.customer ? say("youShort") : named(id)} ${emoji}`).join(", ");
  return make("span.reactions", { title: who, role: "img", "aria-label": `${say("reactions")}: ${who}` },
    emojis, given.length > 1 && make("small", { text: given.length }));
}
