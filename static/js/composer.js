/* The composer: one form that is never swapped and that no event touches. Text is kept per
   conversation and per mode; a send is shown at once and repeated only with its own id. */

import { post, span, t, tell } from "./ui.js";
import * as thread from "./thread.js";

const form = document.getElementById("composer");
const area = form.querySelector("textarea");
const hint = document.getElementById("composer-hint");
const refusal = document.getElementById("refusal");
const clock = document.getElementById("window");
const send = document.getElementById("send");

const words = new Map();
const outbox = new Map();
let state = null;
let mode = "reply";

const key = (number, kind) => `${number}:${kind}`;
const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
if (isMac) send.querySelector("kbd").textContent = "⌘⏎";

/** Another conversation is open (or, with null, none): keep its text apart. */
export function show(next) {
  keep();
  const isOther = next?.number !== state?.number;
  state = next;
  form.hidden = !state;
  if (!state) return;
  if (isOther) {
    mode = words.get(key(state.number, "mode")) ?? "reply";
    area.value = words.get(key(state.number, mode)) ?? "";
  }
  draw();
  for (const job of outbox.values()) if (job.number === state.number) thread.addSending(job);
}

/** The same conversation has a new standing: rights and window change, the text does not. */
export function update(next) {
  if (next.number === state?.number) {
    state = next;
    draw();
  }
}

function keep() {
  if (!state) return;
  words.set(key(state.number, mode), area.value);
  words.set(key(state.number, "mode"), mode);
}

function setMode(next) {
  if (next !== mode) {
    keep();
    mode = next;
    area.value = words.get(key(state.number, mode)) ?? "";
  }
  draw();
  if (!area.hidden && area.offsetParent) area.focus();
}

function draw() {
  const isNote = mode === "note";
  form.dataset.mode = mode;
  form.toggleAttribute("data-closed", !isNote && !state.may_reply);
  form.action = isNote ? state.note_url : state.reply_url;
  for (const button of form.querySelectorAll(".modes [data-mode]")) button.setAttribute("aria-pressed", button.dataset.mode === mode);
  area.placeholder = t(isNote ? "note" : "reply");
  area.setAttribute("aria-label", t(isNote ? "note" : "reply"));
  send.querySelector("span").textContent = t(isNote ? "add_note" : "send");
  refusal.querySelector("p").textContent = state.refusal;
  const accept = document.getElementById("refusal-accept");
  accept.hidden = !state.accept;
  accept.formAction = state.accept_url;
  tick();
  measure();
}

/** The reply window, in words; when it has just closed the server is asked what follows. */
function tick() {
  clock.hidden = !state?.closes_at;
  if (clock.hidden) return;
  const left = Date.parse(state.closes_at) - Date.now();
  clock.classList.toggle("is-warn", left > 0 && left < 3600000);
  clock.classList.toggle("is-closed", left <= 0);
  clock.querySelector("span").textContent = left > 0 ? t("window", { time: span(left) }) : t("window_closed");
  if (left <= 0 && state.may_reply) thread.refresh();
}

function measure() {
  if (!CSS.supports("field-sizing", "content")) {
    area.rows = Math.min(12, Math.max(2, area.value.split("\n").length));
  }
  const over = area.value.length - (mode === "note" ? 20000 : state?.max_text || 20000);
  const whose = mode === "reply" && state?.whose ? t("whose", { name: state.whose }) : "";
  hint.textContent = over > 0 ? t("too_long", { n: over }) : whose;
  hint.classList.toggle("is-over", over > 0);
  return over <= 0;
}

/* Sending */

function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function submit() {
  const text = area.value.trim();
  if (!text || !measure()) return area.focus();
  const job = { clientId: newId(), number: state.number, mode, text, url: form.action, failed: false };
  area.value = "";
  keep();
  measure();
  outbox.set(job.clientId, job);
  thread.addSending(job);
  area.focus();
  deliver(job);
}

const turns = new Map();

/** One at a time per conversation, so that messages arrive in the order they were written. */
function deliver(job) {
  job.failed = false;
  thread.setState(job);
  const turn = (turns.get(job.number) ?? Promise.resolve()).then(() => attempt(job));
  turns.set(job.number, turn);
}

async function attempt(job) {
  const result = await post(job.url, { text: job.text, client_id: job.clientId });
  if (result.ok) {
    outbox.delete(job.clientId);
    document.dispatchEvent(new CustomEvent("answer", { detail: result.data }));
  } else if (result.status === 0 || result.status >= 500 || result.status === 401) {
    job.failed = true;
    job.offline = result.status === 0;
    thread.setState(job);
    if (result.status) tell(result);
  } else {
    giveBack(job);
    tell(result);
    thread.refresh();
  }
}

/** The server refused: the words return to where they were typed. */
function giveBack(job) {
  outbox.delete(job.clientId);
  thread.removeSending(job);
  const place = key(job.number, job.mode);
  if (state?.number === job.number && mode === job.mode) {
    area.value = area.value ? `${job.text}\n${area.value}` : job.text;
    measure();
  } else words.set(place, [job.text, words.get(place)].filter(Boolean).join("\n"));
}

/** The connection is back: what waited for it goes out, with the same ids. */
export function resume() {
  for (const job of outbox.values()) if (job.failed && job.offline) deliver(job);
}

export const focus = (kind) => state && setMode(kind ?? mode);

form.addEventListener("submit", (event) => {
  if (event.submitter?.id === "refusal-accept") return;
  event.preventDefault();
  submit();
});
form.querySelector(".modes").addEventListener("click", (event) => event.target.dataset.mode && setMode(event.target.dataset.mode));
area.addEventListener("input", measure);
area.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    submit();
  } else if (event.key === "Escape") document.getElementById("log").focus();
});
document.getElementById("log").addEventListener("click", (event) => {
  const job = outbox.get(event.target.closest(".msg")?.dataset.clientId);
  if (!job || !job.failed) return;
  if (event.target.closest("[data-retry]")) deliver(job);
  if (event.target.closest("[data-discard]")) {
    outbox.delete(job.clientId);
    thread.removeSending(job);
    area.focus();
  }
});
document.addEventListener("minute", tick);
addEventListener("beforeunload", (event) => outbox.size && event.preventDefault());
