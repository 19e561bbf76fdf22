/* Which conversations are in a list that is searched or filtered: only the server knows. What
   happened within a moment is asked about at once. */

import { element, fragment } from "./ui.js";
import { putRow, reloadRows, removeRow } from "./rows.js";

const base = document.getElementById("search").getAttribute("action");
const MOST = 40;
const waiting = new Set();
let timer = null;

/** Something happened to a conversation: soon its row is put right, or taken out. */
export function ask(id) {
  waiting.add(String(id));
  timer ??= setTimeout(send, 250 + Math.random() * 250);
}

async function send() {
  const ids = [...waiting];
  const list = location.search;
  timer = null;
  waiting.clear();
  if (ids.length > MOST) return reloadRows();
  const query = new URLSearchParams(list);
  for (const id of ids) query.append("id", id);
  const html = await fragment(`${base}rows/?${query}`, "some").catch(() => null);
  if (html === null || list !== location.search) return;
  const found = element(html);
  for (const id of ids) {
    const row = found.querySelector(`#row-${id}`);
    if (row) putRow(row, true);
    else if (document.getElementById(`row-${id}`)) removeRow(id);
  }
}
