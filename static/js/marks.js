/* What is one's own on the rows of the list, which come the same for everybody: unsent words,
   and what others do there. A row is decorated whenever it is put into the list. */

import { element, t } from "./ui.js";

const drafts = new Map();
const base = document.getElementById("search").getAttribute("action");
const decorators = [];

/** Call `decorate(row)` for every row that is shown, and again on `redraw`. */
export const onRow = (decorate) => decorators.push(decorate);
export const decorateRow = (row) => decorators.forEach((decorate) => decorate(row));

export function redraw(number) {
  const row = document.querySelector(`#rows > [data-number="${number}"]`);
  if (row) decorateRow(row);
}

/** The words that wait in a conversation; '' for none. */
export function setDraft(number, text) {
  if ((drafts.get(Number(number)) ?? "") === text) return;
  if (text) drafts.set(Number(number), text);
  else drafts.delete(Number(number));
  redraw(number);
}

const listeners = [];
const first = JSON.parse(document.getElementById("own").textContent);
/** Call with what the server says of one's own: at once, and whenever it is asked again. */
export const onOwn = (listener) => [listeners.push(listener), listener(first)];

let asking = null;
/** Ask again, soon: another page of the same member has changed something, or may have. */
export function askSoon() {
  asking ??= setTimeout(async () => {
    asking = null;
    const answer = await fetch(`${base}own/`, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const own = await answer.json();
    listeners.forEach((listener) => listener(own));
  }, 300);
}

onOwn((own) => {
  const before = [...drafts.keys()];
  drafts.clear();
  for (const [number, text] of Object.entries(own.drafts ?? {})) drafts.set(Number(number), text || "…");
  for (const number of new Set([...before, ...drafts.keys()])) redraw(number);
});

onRow((row) => {
  const [say, text] = [row.querySelector(".row-say"), drafts.get(Number(row.dataset.number))];
  let own = row.querySelector(".row-draft");
  say.hidden = Boolean(text);
  if (!text) return own?.remove();
  if (!own) say.after((own = element('<p class="row-say row-draft"><b></b> <span></span></p>')));
  own.firstElementChild.textContent = t("draft");
  own.lastElementChild.textContent = text;
});
