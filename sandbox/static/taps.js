// The buttons and lists that a company sends, to be tapped.
import { button, icon, make } from "./dom.js";
import { raise } from "./sheet.js";
import { spot } from "./state.js";
import { trouble } from "./trouble.js";
import { say } from "./words.js";
import { ask } from "./wire.js";

const ICONS = { reply: "reply", url: "out", phone: "call", code: "copy" };

const tap = (one, id) => ask("/api/customers/tap", { ...spot(), wamid: one.wamid, id }).catch(trouble);

/** The rows under a bubble, or null where there are none. */
export function buttonsUnder(one) {
  if (one.mine || one.deleted) return null;
  const rows = [...(one.data.buttons || []).map((given) => row(one, given)), listRow(one), askRow(one)].filter(Boolean);
  return rows.length ? make("div.taps", {}, ...rows) : null;
}

function row(one, given) {
  const kind = given.kind || "reply";
  const words = given.title || given.text;
  if (kind === "url") return make("a", { href: given.url, target: "_blank", rel: "noopener" }, icon(ICONS.url), words);
  if (kind === "phone") return make("a", { href: `tel:${given.phone}` }, icon(ICONS.phone), words);
  if (kind === "code") return make("button", { type: "button", onclick: (event) => copy(event.currentTarget, given.code) }, icon(ICONS.code), words);
  const id = given.id || given.payload;
  return make("button", { type: "button", "aria-pressed": String(one.tapped === id), onclick: () => tap(one, id) }, icon(ICONS.reply), words);
}

async function copy(node, code) {
  await navigator.clipboard?.writeText(code).catch(() => {});
  node.lastChild.textContent = `${say("copied")}: ${code}`;
}

function listRow(one) {
  if (!one.data.sections) return null;
  return make("button", { type: "button", "aria-haspopup": "dialog", onclick: () => openList(one) }, icon("list"), one.data.button);
}

function askRow(one) {
  if (!one.data.asks) return null;
  const [name, word] = one.data.asks === "location" ? ["location", "askLocation"] : ["contacts", "askContact"];
  return make("button", { type: "button", onclick: () => tap(one, one.data.asks) }, icon(name), say(word));
}

function openList(one) {
  const sheet = make("dialog.sheet-up", { "aria-label": one.data.button });
  const rows = one.data.sections.flatMap((section) => [
    section.title && make("h3", { text: section.title }),
    ...section.rows.map((given) => make("label.pick", {},
      make("span", {}, make("b", { text: given.title }), given.description && make("small", { text: given.description })),
      make("input", { type: "radio", name: "row", value: given.id, required: true, checked: one.tapped === given.id })))]);
  const form = make("form", { method: "dialog" },
    make("header", {}, make("h2", { text: one.data.button }), button("ghost", "close", say("close"), () => sheet.close())),
    make("div.rows", {}, ...rows.filter(Boolean)),
    make("footer", {}, make("button.main", { text: say("send") })));
  form.addEventListener("submit", () => tap(one, form.elements.row.value));
  sheet.addEventListener("close", () => sheet.remove());
  sheet.addEventListener("click", (event) => event.target === sheet && sheet.close());
  sheet.append(form);
  raise(sheet);
}
