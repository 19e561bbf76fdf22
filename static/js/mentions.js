/* Mentions: who is called into a note by @, and where one was called oneself. */

import { askSoon, onOwn, onRow, redraw } from "./marks.js";
import { countSoon } from "./rows.js";
import { suggest } from "./suggest.js";
import * as thread from "./thread.js";
import { element, post, t, toast } from "./ui.js";

const FRESH = 60000;
const MOST = 8;
const form = document.getElementById("composer");
const base = document.getElementById("search").getAttribute("action");
let unread = new Map();
let known = { number: 0, at: 0, people: null };

/* One's own name stands out in every note that calls it. */
const sheet = new CSSStyleSheet();
sheet.insertRule(`.mention[data-members~="${Number(document.body.dataset.member)}"] { background: var(--note-ink); color: var(--note); }`);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

/* The list at the caret: only those who may see this conversation */

async function people() {
  const number = thread.openNumber();
  if (known.number !== number || Date.now() - known.at > FRESH) {
    const answer = fetch(`${base}${number}/people/`, { headers: { Accept: "application/json" } }).then((found) => (found.ok && !found.redirected ? found.json() : Promise.reject(found)));
    known = { number, at: Date.now(), people: answer.then((found) => found.people) };
    answer.catch(() => (known.at = 0));
  }
  return known.people;
}

const plain = (text) => text.toLocaleLowerCase().normalize("NFD").replace(/\p{M}/gu, "");

suggest(form.querySelector("textarea"), {
  trigger: "@",
  label: t("colleagues"),
  gaps: true,
  when: () => form.dataset.mode === "note",
  source: async (query) => {
    const wanted = plain(query);
    const starts = ({ label }) => plain(label).startsWith(wanted) || plain(label).split(/\s+/).some((word) => word.startsWith(wanted));
    return (await people()).filter(starts).slice(0, MOST).map((one) => ({ ...one, insert: `@${one.label}` }));
  },
});

/* Where one was called */

function readHere() {
  const number = thread.openNumber();
  if (document.hidden || !unread.has(number)) return;
  unread.delete(number);
  redraw(number);
  post(`${base}${number}/mentions/read/`, {}, { quiet: true }).then(countSoon);
}

onOwn((own) => {
  const before = [...unread.keys()];
  unread = new Map(Object.entries(own.mentions ?? {}).map(([number, count]) => [Number(number), count]));
  for (const number of new Set([...before, ...unread.keys()])) redraw(number);
  readHere();
});
onRow((row) => {
  const count = unread.get(Number(row.dataset.number));
  let sign = row.querySelector(".row-at");
  if (!count) return sign?.remove();
  if (!sign) row.querySelector(".row-meta").append((sign = element('<b class="row-at"><span aria-hidden="true">@</span><span class="sr"></span></b>')));
  sign.title = sign.lastElementChild.textContent = t("mentioned_here");
});

new MutationObserver(readHere).observe(document.getElementById("thread-head"), { childList: true });
document.addEventListener("visibilitychange", readHere);
document.addEventListener("whisper", ({ detail }) => detail.kind === "own" && [askSoon(), countSoon()]);

/** A frame says that one was mentioned just now. */
export function hear(frame) {
  askSoon();
  if (frame.conversation.number === thread.openNumber() && !document.hidden) return;
  toast(t("mentioned", { name: element(frame.row).querySelector(".row-link").textContent }));
}
