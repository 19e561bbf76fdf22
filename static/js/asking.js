/* Which conversations are in a list that is searched or filtered: only the server knows. What
   happened within a moment is asked about at once. */

import { element, fragment } from "./ui.js";

const base = document.getElementById("search").getAttribute("action");
const MOST = 40;
const waiting = new Set();
let timer = null;

/** Something happened to a conversation: soon `put` gets its row, or `remove` its id. Where too
    much happened, `reload`. */
export function ask(id, answers) {
  waiting.add(String(id));
  timer ??= setTimeout(send, 250 + Math.random() * 250, answers);
}

async function send({ put, remove, reload }) {
  const ids = [...waiting];
  const list = location.search;
  timer = null;
  waiting.clear();
  if (ids.length > MOST) return reload();
  const query = new URLSearchParams(list);
  for (const id of ids) query.append("id", id);
  const html = await fragment(`${base}rows/?${query}`, "some").catch(() => null);
  if (html === null || list !== location.search) return;
  const found = element(html);
  for (const id of ids) {
    const row = found.querySelector(`#row-${id}`);
    if (row) put(row);
    else remove(id);
  }
}
