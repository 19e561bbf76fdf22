/* The palette: commands, pages, conversations and people in one list, and the sheet of all keys.
   A combobox with a listbox: the focus stays in the field, arrows move the choice. */

import { all, define, isPossible, pretty } from "./commands.js";
import { isComposing } from "./keys.js";

const dialog = document.getElementById("palette");
const field = dialog.querySelector("input");
const list = document.getElementById("palette-list");
const nothing = dialog.querySelector("[data-nothing]");
const words = dialog.dataset;
const RECENT = "palette-recent"; // names of commands, nothing of customers
const KEPT = 6;
let found = [];
let asked = 0;
let opener = null;

/** How well a text fits what was typed, 0 for not at all: the letters follow one another, and a
    jump should land at the beginning of a word. */
export function fit(text, wanted) {
  const [hay, needle] = [text.toLocaleLowerCase(), wanted.toLocaleLowerCase()];
  const isStart = (at) => at === 0 || /[^\p{L}\p{N}]/u.test(hay[at - 1]);
  const whole = hay.indexOf(needle);
  if (whole >= 0) return 100 - Math.min(whole, 40) + (isStart(whole) ? 50 : 0);
  let [score, before] = [30, -2];
  for (const letter of needle.replace(/\s+/g, "")) {
    const next = hay[before + 1] === letter ? before + 1 : [...hay].findIndex((one, at) => at > before && one === letter && isStart(at));
    const here = next >= 0 ? next : hay.indexOf(letter, before + 1);
    if (here < 0) return 0;
    score += here === before + 1 ? 3 : isStart(here) ? 0 : -8;
    before = here;
  }
  return score > 16 ? score : 0;
}

const recent = () => JSON.parse(localStorage.getItem(RECENT) ?? "[]");
const remember = (id) => localStorage.setItem(RECENT, JSON.stringify([id, ...recent().filter((one) => one !== id)].slice(0, KEPT)));

function commandsFor(wanted) {
  const possible = all().filter((one) => one.id !== "palette" && isPossible(one));
  if (wanted) {
    const scored = possible.map((one) => ({ one, score: fit(one.label, wanted) })).filter(({ score }) => score);
    const best = scored.sort((a, b) => b.score - a.score).slice(0, 9).map(({ one }) => asOption(one));
    return [...grouped(best).values()].flat();
  }
  const latest = recent().map((id) => possible.find((one) => one.id === id)).filter(Boolean);
  const rest = possible.filter((one) => !latest.includes(one));
  return [...latest.map((one) => ({ ...asOption(one), group: words.recent })), ...rest.map(asOption)];
}

/** By group, each group where its first stands. */
function grouped(rows) {
  const groups = new Map();
  for (const row of rows) groups.set(row.group, [...(groups.get(row.group) ?? []), row]);
  return groups;
}

const asOption = (one) => ({
  group: one.group,
  label: one.label,
  keys: one.keys[0],
  run: () => [remember(one.id), one.run ? one.run() : location.assign(one.href)],
});

function draw(options) {
  const chosen = found[index()]?.label;
  found = options;
  list.replaceChildren();
  let [group, box] = [null, null];
  options.forEach((option, number) => {
    if (option.group !== group) list.append((box = groupOf((group = option.group))));
    box.append(nodeOf(option, number));
  });
  nothing.hidden = options.length > 0;
  choose(Math.max(0, options.findIndex((option) => option.label === chosen)));
}

function groupOf(label) {
  const box = document.createElement("div");
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", label);
  const head = document.createElement("p");
  head.setAttribute("aria-hidden", "true");
  head.textContent = label;
  box.append(head);
  return box;
}

function nodeOf({ label, detail, keys }, number) {
  const node = document.createElement("div");
  node.id = `palette-${number}`;
  node.setAttribute("role", "option");
  node.append(Object.assign(document.createElement("span"), { textContent: label }));
  if (detail) node.append(Object.assign(document.createElement("small"), { textContent: detail }));
  if (keys) node.append(Object.assign(document.createElement("kbd"), { textContent: pretty(keys) }));
  return node;
}

const index = () => Number(field.getAttribute("aria-activedescendant")?.slice(8) ?? 0);

function choose(number) {
  const nodes = list.querySelectorAll("[role=option]");
  nodes.forEach((node, at) => node.setAttribute("aria-selected", at === number));
  if (nodes[number]) field.setAttribute("aria-activedescendant", `palette-${number}`);
  else field.removeAttribute("aria-activedescendant");
  nodes[number]?.scrollIntoView({ block: "nearest" });
}

/** Conversations and people, from the server; what was typed since then wins. */
async function ask(wanted) {
  const mine = (asked += 1);
  if (wanted.length < 2 || !words.find) return;
  await new Promise((resolve) => setTimeout(resolve, 160));
  if (mine !== asked) return;
  const answer = await fetch(`${words.find}?q=${encodeURIComponent(wanted)}`, { headers: { Accept: "application/json" } }).catch(() => null);
  if (mine !== asked || !answer?.ok || answer.redirected) return;
  const { conversations, people } = await answer.json();
  const go = (one) => () => document.dispatchEvent(new CustomEvent("goto", { detail: one, cancelable: true })) && location.assign(one.url);
  const rows = (group, items) => items.map((one) => ({ group, label: one.label, detail: one.detail, run: go(one) }));
  draw([...commandsFor(wanted), ...rows(words.conversations, conversations), ...rows(words.people, people)]);
}

function open() {
  if (dialog.open) return dialog.close();
  performance.mark("palette-asked");
  opener = document.activeElement;
  field.value = "";
  draw(commandsFor(""));
  dialog.showModal();
  field.focus();
  requestAnimationFrame(() => performance.measure("palette", "palette-asked"));
}

function take(number) {
  const option = found[number];
  if (!option) return;
  dialog.close();
  option.run();
}

field.addEventListener("input", () => {
  const wanted = field.value.trim();
  field.removeAttribute("aria-activedescendant");
  draw(commandsFor(wanted));
  ask(wanted);
});
field.addEventListener("keydown", (event) => {
  if (isComposing(event) || !dialog.open) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const isToggle = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k";
  if (!step && event.key !== "Enter" && !isToggle) return;
  event.preventDefault();
  if (isToggle) dialog.close();
  else if (step) choose((index() + step + found.length) % Math.max(found.length, 1));
  else take(index());
});
list.addEventListener("pointermove", (event) => {
  const node = event.target.closest("[role=option]");
  if (node && node.getAttribute("aria-selected") !== "true") choose(Number(node.id.slice(8)));
});
list.addEventListener("click", (event) => event.target.closest("[role=option]") && take(Number(event.target.closest("[role=option]").id.slice(8))));
dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
dialog.addEventListener("close", () => {
  asked += 1;
  if (opener?.isConnected) opener.focus({ preventScroll: true });
});

/* The sheet of all keys */

const sheet = document.getElementById("keysheet");
let asker = null;

function showSheet() {
  const parts = [...grouped(all().filter((one) => one.keys.length))].map(([label, rows]) => {
    const part = document.createElement("section");
    part.append(Object.assign(document.createElement("h3"), { textContent: label }));
    const terms = document.createElement("dl");
    for (const { label: what, keys } of rows) {
      const value = document.createElement("dd");
      value.append(...keys.map((key) => Object.assign(document.createElement("kbd"), { textContent: pretty(key) })));
      terms.append(Object.assign(document.createElement("dt"), { textContent: what }), value);
    }
    part.append(terms);
    return part;
  });
  sheet.querySelector("[data-keys-here]").replaceChildren(...parts);
  asker = document.activeElement;
  sheet.showModal();
}

sheet.addEventListener("click", (event) => (event.target === sheet || event.target.closest("[data-shut]")) && sheet.close());
sheet.addEventListener("close", () => asker?.isConnected && asker.focus({ preventScroll: true }));

define("palette", open);
define("keysheet", showSheet);
define("theme", () => {
  const isDark = getComputedStyle(document.documentElement).colorScheme === "dark" || (!document.documentElement.dataset.theme && matchMedia("(prefers-color-scheme: dark)").matches);
  document.querySelector(`#profile-menu [name=theme][value=${isDark ? "light" : "dark"}]`).click();
});
document.addEventListener("click", (event) => event.target.closest("[data-palette]") && open());
