/* Unsent words, per conversation and kind: kept here while one types, and at the server soon
   after, so that they are there on any machine. The server's number (`version`) tells whether
   words were sent or changed elsewhere meanwhile; keys that were typed here always stay. */

import { askSoon, setDraft } from "./marks.js";
import * as sending from "./sending.js";
import * as thread from "./thread.js";
import { newId, post } from "./ui.js";

const PAUSE = 800;
const LONGEST = 20000; // as the server counts, where a new line is two
const WRITER = newId();
const known = new Map();
let step = 0;
let extras = () => ({ files: [] });
let restore = () => {};

/** Where the rest of a reply lies: `extras(number)` gives {reply_to, files} (uuids), and
    `restore(state, {quote, files})` puts back what the server had. */
export function connect(from, into) {
  [extras, restore] = [from, into];
}

function entry(number, kind) {
  const key = `${number}:${kind}`;
  if (!known.has(key)) known.set(key, { number, kind, text: "", version: 0, seen: 0, saved: "", url: "" });
  return known.get(key);
}

export const textOf = (number, kind) => entry(number, kind).text;
export const seenIn = (number, kind) => entry(number, kind).seen || thread.lastSeen();

/** Everything that is not at the customer yet: what waits to be sent, and what is written. */
function body(draft, without) {
  const waiting = sending.waitingIn(draft.number).filter((job) => job.mode === draft.kind && job !== without && !job.doubt);
  const text = [...waiting.map((job) => job.text), draft.text].filter((words) => words.trim()).join("\n");
  const more = draft.kind === "reply" ? extras(draft.number) : { files: [] };
  const files = [...waiting.map((job) => job.upload?.uuid), ...more.files].filter(Boolean);
  return { text, reply_to: more.reply_to ?? "", attachments: files.join() };
}

/** What stays in the draft when a job is sent. */
export const restOf = (job) => body(entry(job.number, job.mode), job).text;

/** Words were typed (or taken out, or put back). */
export function write(number, kind, text) {
  const draft = entry(number, kind);
  if (text && !draft.text && !draft.seen) draft.seen = thread.lastSeen();
  draft.text = text;
  changed(number, kind);
}

/** The words are a job now; what is typed next is begun anew. */
export function submitted(number, kind) {
  Object.assign(entry(number, kind), { text: "", seen: 0 });
  changed(number, kind);
}

/** What was written before this message was known is answered knowingly now. */
export const hasSeen = (number, kind, id) => (entry(number, kind).seen = Math.max(id, entry(number, kind).seen));

export function changed(number, kind) {
  const draft = entry(number, kind);
  clearTimeout(draft.timer);
  draft.timer = setTimeout(() => save(draft), PAUSE);
}

/** Take what the server knows; whether the text is another one now. Nothing is taken over
    words that were typed here and not kept there yet. */
export function take(state) {
  let isOther = false;
  for (const kind of ["reply", "note"]) {
    const draft = entry(state.number, kind);
    draft.url = state.draft_url;
    const theirs = state.drafts?.[kind];
    if (!theirs || theirs.version <= draft.version) continue;
    const isClean = draft.saved === JSON.stringify(body(draft)) || isEmpty(body(draft));
    draft.version = theirs.version;
    if (!isClean || theirs.writer === WRITER) continue;
    isOther ||= draft.text !== theirs.text;
    [draft.text, draft.seen] = [theirs.text, theirs.seen];
    if (kind === "reply") restore(state, theirs);
    draft.saved = JSON.stringify(body(draft));
  }
  return isOther;
}

/** Whether the server keeps so many words. */
export const fits = (text) => text.replaceAll("\n", "\r\n").length <= LONGEST;
export const allFit = () => [...known.values()].every((draft) => fits(draft.text));

const isEmpty = ({ text, reply_to, attachments }) => !text && !reply_to && !attachments;

async function save(draft, options) {
  clearTimeout(draft.timer);
  const words = body(draft);
  const now = JSON.stringify(words);
  if (!draft.url || !fits(words.text) || now === draft.saved || (!draft.saved && isEmpty(words))) return;
  if (isEmpty(words)) draft.seen = 0;
  const before = draft.saved;
  draft.saved = now;
  sign(draft.number);
  const said = { kind: draft.kind, base: draft.version, writer: WRITER, step: (step += 1), seen: draft.seen, ...words };
  const result = await post(draft.url, said, { quiet: true, ...options });
  if (result.ok) draft.version = Math.max(draft.version, result.data.version);
  else if (result.data.code === "draft_changed") conflict(draft, result.data.version);
  else if (draft.saved === now) draft.saved = before;
  if (result.status === 0 || result.status === 401 || result.status >= 500) draft.timer = setTimeout(() => save(draft), 5 * PAUSE);
}

/** Sent, thrown away or changed elsewhere. What is typed here is still wanted; what hangs
    between us and the server may be what was sent, and must not come back. */
function conflict(draft, version) {
  draft.version = Math.max(draft.version, version);
  draft.saved = "?";
  for (const job of sending.waitingIn(draft.number)) job.doubt ||= job.failed;
  if (draft.text.trim()) draft.timer = setTimeout(() => save(draft), PAUSE);
  else thread.forget(draft.number);
}

function sign(number) {
  const both = ["reply", "note"].map((kind) => body(entry(number, kind)));
  const filled = both.find((words) => !isEmpty(words));
  setDraft(number, filled ? filled.text.slice(0, 80) || "…" : "");
}

/** Keep at once what is not kept yet: of one conversation, or of all. */
export function flush(number, options) {
  for (const draft of known.values()) if (number === undefined || draft.number === number) save(draft, options);
}

document.addEventListener("sent", ({ detail: { job, draft: sent } }) => {
  const draft = entry(job.number, job.mode);
  const words = body(draft);
  if (sent) [draft.version, draft.saved] = [Math.max(draft.version, sent.version), isEmpty(words) ? JSON.stringify(words) : "?"];
  sign(job.number);
  if (!sent || !isEmpty(words)) changed(job.number, job.mode);
});
document.addEventListener("whisper", ({ detail: frame }) => {
  if (frame.kind !== "draft" || frame.writer === WRITER || frame.version <= entry(frame.number, frame.draft).version) return;
  thread.forget(frame.number);
  if (thread.openNumber() === frame.number) thread.refresh();
  askSoon();
});
document.addEventListener("lost", ({ detail: lost }) => ["reply", "note"].forEach((kind) => (entry(lost, kind).url = "")));
document.addEventListener("signed-in", () => flush());
addEventListener("pagehide", () => flush(undefined, { keepalive: true }));
document.addEventListener("visibilitychange", () => document.hidden && flush(undefined, { keepalive: true }));
