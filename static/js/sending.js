/* What was written and is not at the server yet: shown at once, sent one after another in each
   conversation, repeated only with its own id. */

import { post, tell } from "./ui.js";
import * as thread from "./thread.js";

const outbox = new Map();
const turns = new Map();
let giveBack = () => {};

/** `back` gets a job that the server refused: its words and its file return to the composer. */
export const onRefused = (back) => (giveBack = back);
export const isEmpty = () => outbox.size === 0;
export const waitingIn = (number) => [...outbox.values()].filter((job) => job.number === number);

/** One at a time per conversation, so that messages arrive in the order they were written. */
export function inTurn(number, work) {
  const turn = (turns.get(number) ?? Promise.resolve()).then(work);
  turns.set(number, turn.catch(() => {}));
  return turn;
}

/** A job is {clientId, number, mode, url, text, fields, upload, quote, seen, rest}: `seen` is
    the last message that was known, `rest(job)` says what stays in the draft. */
export function send(job) {
  outbox.set(job.clientId, job);
  thread.addSending(job);
  deliver(job);
}

function deliver(job) {
  job.failed = false;
  thread.setState(job);
  inTurn(job.number, () => outbox.has(job.clientId) && attempt(job));
}

async function attempt(job) {
  let result;
  try {
    const fields = { text: job.text, client_id: job.clientId, rest: job.rest(job), ...job.fields };
    if (job.mode === "reply" && job.seen) fields.seen = job.seen;
    if (job.upload) fields.attachment = await job.upload.start();
    result = await post(job.url, fields);
  } catch (failure) {
    result = { ok: false, ...failure };
  }
  if (result.ok) {
    done(job, result.data.draft);
    document.dispatchEvent(new CustomEvent("answer", { detail: result.data }));
  } else if (job.isKnown) {
    done(job);
  } else if (result.data.code === "overtaken") {
    await overtaken(job, result.data);
  } else if (result.status <= 0 || result.status >= 500 || result.status === 401) {
    job.failed = true;
    job.offline = [0, 401].includes(result.status);
    thread.setState(job);
    if (result.status) tell(result);
  } else {
    forget(job);
    giveBack(job);
    tell(result);
    thread.refresh();
  }
}

function done(job, draft) {
  outbox.delete(job.clientId);
  document.dispatchEvent(new CustomEvent("sent", { detail: { job, draft } }));
}

/** The feed has brought a message: whatever became of the answer, the server has it. */
export function settle(clientId) {
  const job = outbox.get(clientId);
  if (job) job.isKnown = true;
  if (job?.failed) done(job);
}

/** Somebody answered while this was on its way; what waits behind it waits for the word too. */
async function overtaken(job, { seen, since, message }) {
  thread.refresh();
  const answer = await import("./guard.js").then(({ ask }) => ask(job, since, message), () => "edit");
  const all = waitingIn(job.number).filter((other) => other.mode === job.mode);
  for (const other of all) other.seen = Math.max(other.seen, seen);
  if (answer === "send") return attempt(job);
  for (const other of all.reverse()) {
    forget(other);
    if (answer === "edit") giveBack(other);
    else drop(other);
  }
  document.getElementById("composer").querySelector("textarea").focus();
}

function drop(job) {
  job.upload?.drop();
  done(job);
}

function forget(job) {
  outbox.delete(job.clientId);
  thread.removeSending(job);
}

/** The connection is back: what waited for it goes out, with the same ids. */
export function resume() {
  for (const job of outbox.values()) if (job.failed && job.offline) deliver(job);
}

document.addEventListener("signed-in", resume);
document.getElementById("log").addEventListener("click", (event) => {
  const job = outbox.get(event.target.closest(".msg")?.dataset.clientId);
  if (!job?.failed) return;
  if (event.target.closest("[data-retry]")) deliver(job);
  if (event.target.closest("[data-discard]")) {
    forget(job);
    drop(job);
    document.getElementById("composer").querySelector("textarea").focus();
  }
});
