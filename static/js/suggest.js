/* Suggestions at the caret of a text field: a trigger character, a source, and what is put in.

   suggest(area, {
     trigger: "@",                     one character; it counts at the start of a word only
     label: t("people"),               what the list is called for screen readers
     when: () => mode === "note",      whether it works now (default: always)
     gaps: true,                       the query may have spaces, as names do (default: no)
     least: 1,                         characters of the query before anything is asked for (default 0)
     source: async (query, signal) => [item, …],   best first; [] closes the list
     choose: (item, replace) => …,     default: `replace(item.insert ?? item.label)` and a space
   });

   An item is { label, detail, mark, hue, insert, … }: `label` and `detail` are shown as plain
   text, `mark` is a short text before them (an emoji, initials: these with a `hue` of 0 to 11).
   `replace(text)` puts text in place of trigger and query, so that Ctrl+Z takes it back.

   Several triggers may be hung on one field. Keys: arrows, Home and End as they are in lists,
   Enter or Tab takes one, Escape closes the list and nothing else. The field keeps the focus and
   stays a text field; the option in question is its active descendant. */

import { element, place, t } from "./ui.js";

const OPENING = /[\s([{"'“‘]/;
const LONGEST = 40;
const list = element('<ul class="suggest" id="suggest" role="listbox" popover="manual"></ul>');
const status = element('<p class="sr" role="status"></p>');
document.body.append(status);

let now = null; // { area, kind, at, query, items, active }
let asking = null;
let dismissed = -1;

/** Hang a kind of suggestions on a text field. */
export function suggest(area, kind) {
  if (!area.suggestions) listen(area);
  area.suggestions.push(kind);
}

function listen(area) {
  area.suggestions = [];
  area.setAttribute("aria-autocomplete", "list");
  area.addEventListener("input", () => look(area));
  area.addEventListener("keydown", (event) => keys(event, area), { capture: true });
  area.addEventListener("blur", close);
  area.addEventListener("click", () => now && look(area));
  area.addEventListener("keyup", (event) => now && /^(Arrow(Left|Right)|Home|End)$/.test(event.key) && look(area));
}

/** The word at the caret that a trigger opens. */
function wordAt(area) {
  const end = area.selectionStart;
  if (end !== area.selectionEnd) return null;
  const text = area.value.slice(Math.max(0, end - LONGEST - 1), end);
  for (const kind of area.suggestions) {
    const start = text.lastIndexOf(kind.trigger);
    const query = text.slice(start + 1);
    const at = end - query.length - 1;
    const isWord = at === 0 || OPENING.test(area.value[at - 1]);
    const isWhole = kind.gaps ? !/^\s|\n|\s\s|\s\S*\s\S*\s/.test(query) : !/\s/.test(query);
    if (start >= 0 && isWord && isWhole && query.length >= (kind.least ?? 0) && (kind.when?.() ?? true)) return { kind, at, query };
  }
  return null;
}

async function look(area) {
  const word = wordAt(area);
  asking?.abort();
  if (!word || word.at === dismissed) {
    if (!word) dismissed = -1;
    return close();
  }
  const mine = (asking = new AbortController());
  const items = await Promise.resolve(word.kind.source(word.query, mine.signal)).catch(() => []);
  if (mine.signal.aborted || document.activeElement !== area) return;
  if (!items.length) return close();
  show(area, word, items);
}

function show(area, word, items) {
  now = { area, ...word, items, active: 0 };
  const home = area.closest("dialog, main") ?? document.body; // beside a modal dialog it would be inert
  if (list.parentNode !== home) home.append(list);
  list.setAttribute("aria-label", word.kind.label);
  list.replaceChildren(...items.map(option));
  if (!list.matches(":popover-open")) list.showPopover();
  place(list, area.closest("form.composer") ?? area);
  area.setAttribute("aria-controls", list.id);
  mark(0);
  status.textContent = t("suggestions", { n: items.length });
}

function option(item, index) {
  const node = element('<li role="option"><i aria-hidden="true"></i><span></span><small></small></li>');
  const [start, label, detail] = node.children;
  node.id = `suggest-${index}`;
  start.textContent = item.mark ?? "";
  start.hidden = !item.mark;
  if (item.hue !== undefined) start.className = `face small hue-${item.hue}`;
  label.textContent = item.label;
  detail.textContent = item.detail ?? "";
  return node;
}

function mark(index) {
  now.active = (index + now.items.length) % now.items.length;
  for (const [number, node] of [...list.children].entries()) node.setAttribute("aria-selected", number === now.active);
  list.children[now.active].scrollIntoView({ block: "nearest" });
  now.area.setAttribute("aria-activedescendant", list.children[now.active].id);
}

function close() {
  asking?.abort();
  if (!now) return;
  now.area.removeAttribute("aria-activedescendant");
  now.area.removeAttribute("aria-controls");
  now = null;
  list.hidePopover();
  status.textContent = "";
}

function take(item) {
  const { area, kind, at } = now;
  const end = area.selectionStart;
  const word = area.value.slice(at, end);
  const replace = (text) => {
    const [isThere, after] = [area.value.slice(at, end) === word, area.selectionStart - end];
    area.focus();
    if (isThere) area.setSelectionRange(at, end);
    // The one way that the field's own undo knows of; it tells `input` as well.
    if (!document.execCommand("insertText", false, text)) area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
    if (isThere && after > 0) area.setSelectionRange(area.selectionEnd + after, area.selectionEnd + after); // typed meanwhile
  };
  close();
  dismissed = at;
  if (kind.choose) kind.choose(item, replace);
  else replace(`${item.insert ?? item.label} `);
}

function keys(event, area) {
  if (now?.area !== area || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) mark(now.active + step);
  else if (event.key === "Escape") [(dismissed = now.at), close()];
  else if ((event.key === "Enter" || event.key === "Tab") && !event.shiftKey) take(now.items[now.active]);
  else return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

list.addEventListener("pointerdown", (event) => event.preventDefault());
list.addEventListener("click", (event) => {
  const node = event.target.closest("[role=option]");
  if (node && now) take(now.items[[...list.children].indexOf(node)]);
});
