/* The composer: one form that is never swapped and that no event touches. Text, files and the
   quoted message are kept per conversation (the text also per mode). */

import { newId, place, post, span, t } from "./ui.js";
import * as drafts from "./drafts.js";
import * as sending from "./sending.js";
import * as thread from "./thread.js";
import * as tray from "./tray.js";
import { Upload } from "./uploads.js";

const form = document.getElementById("composer");
const area = form.querySelector("textarea");
const hint = document.getElementById("composer-hint");
const refusal = document.getElementById("refusal");
const clock = document.getElementById("window");
const sendButton = document.getElementById("send");
const quoting = document.getElementById("quoting");
const picker = document.getElementById("file-input");
const menu = document.getElementById("plus-menu");

const TYPING = 20000;
const modes = new Map();
const quotes = new Map();
let state = null;
let mode = "reply";

/** Another conversation is on its way: nothing more is written or sent in this one. */
export const hold = () => (area.readOnly = true);

/** Another conversation is open (or, with null, none): keep its text apart. */
export function show(next) {
  area.readOnly = false;
  if (state) drafts.flush(state.number);
  const isOther = next?.number !== state?.number;
  state = next;
  form.hidden = !state;
  if (!state) return;
  const isChanged = drafts.take(state);
  if (isOther) mode = modes.get(state.number) ?? (drafts.textOf(state.number, "note") && !drafts.textOf(state.number, "reply") ? "note" : "reply");
  if (isOther || isChanged) area.value = drafts.textOf(state.number, mode);
  draw();
  for (const job of sending.waitingIn(state.number)) thread.addSending(job);
}

/** The same conversation has a new standing: rights and window change, typed text does not. */
export function update(next) {
  if (next.number === state?.number) {
    state = next;
    if (drafts.take(state)) area.value = drafts.textOf(state.number, mode);
    draw();
  }
}

function setMode(next) {
  if (next !== mode) {
    modes.set(state.number, (mode = next));
    area.value = drafts.textOf(state.number, mode);
  }
  draw();
  if (!area.hidden && area.offsetParent) area.focus();
}

export const focus = (kind) => state && setMode(kind ?? mode);
export const can = (what) => Boolean(state?.can.includes(what));

function draw() {
  const isNote = mode === "note";
  form.dataset.mode = mode;
  form.toggleAttribute("data-closed", !isNote && !state.may_reply);
  form.action = isNote ? state.note_url : state.reply_url;
  for (const button of form.querySelectorAll(".modes [data-mode]")) button.setAttribute("aria-pressed", button.dataset.mode === mode);
  area.placeholder = t(isNote ? "note" : "reply");
  area.setAttribute("aria-label", t(isNote ? "note" : "reply"));
  sendButton.querySelector("span").textContent = t(isNote ? "add_note" : "send");
  drawRefusal();
  drawExtras(isNote);
  drawQuote();
  tray.show(state.number, !isNote);
  tick();
  measure();
}

function drawRefusal() {
  refusal.querySelector("p").textContent = state.refusal;
  const accept = document.getElementById("refusal-accept");
  accept.hidden = !state.accept;
  accept.formAction = state.accept_url;
  const template = document.getElementById("refusal-template");
  template.hidden = !state.template_only;
  template.href = state.template_url;
}

/** Only what the channel can carry now is offered. */
function drawExtras(isNote) {
  const hasFiles = state.files.length > 0;
  document.getElementById("attach").hidden = isNote || !hasFiles;
  picker.accept = state.files.flatMap((limit) => limit.types).join();
  for (const item of menu.querySelectorAll("[data-extra]")) {
    const kind = item.dataset.extra;
    item.hidden = kind === "file" ? !hasFiles : kind !== "quick" && !state.can.includes(kind);
    if (item.href !== undefined) item.href = kind === "template" ? state.template_url : state.extra_url.replace("{kind}", kind);
  }
  document.getElementById("plus").hidden = isNote || !menu.querySelector("[data-extra]:not([hidden], [data-extra=file])");
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
  const over = area.value.length - (mode === "note" ? 10000 : state?.max_text || 20000);
  const whose = mode === "reply" && state?.whose ? t("whose", { name: state.whose }) : "";
  hint.textContent = !drafts.fits(area.value) ? t("not_kept") : over > 0 ? t("too_long", { n: over }) : whose;
  hint.classList.toggle("is-over", over > 0);
  return over <= 0;
}

/** Put a file that the server keeps into the tray, as if it had been chosen here. */
export function attach(file) {
  tray.put(Upload.kept(file, state.upload_url), state.number);
  drafts.changed(state.number, "reply");
}

/* The quoted message */

/** Answer to a message: {id, name, text}; null for none. */
export function quote(about) {
  if (!state) return;
  if (about) quotes.set(state.number, about);
  else quotes.delete(state.number);
  drafts.changed(state.number, "reply");
  setMode("reply");
}

drafts.connect(
  (number) => ({ reply_to: quotes.get(number)?.id, files: tray.uuidsIn(number) }),
  (from, { quote: about, files }) => {
    if (about) quotes.set(from.number, about);
    else quotes.delete(from.number);
    tray.restore(from.number, files, from.upload_url);
  },
);

function drawQuote() {
  const about = quotes.get(state.number);
  quoting.hidden = !about || mode === "note";
  quoting.querySelector("b").textContent = about?.name ?? "";
  quoting.querySelector("span").textContent = about?.text ?? "";
}

/* Sending: one message for each file, the text with the first that carries one */

export function submit() {
  if (area.readOnly) return;
  const text = area.value.trim();
  const uploads = mode === "reply" ? tray.files() : [];
  if ((!text && !uploads.length) || !measure()) return area.focus();
  const jobs = split(text, uploads);
  if (mode === "reply" && quotes.has(state.number)) {
    jobs[0].quote = quotes.get(state.number);
    jobs[0].fields = { reply_to: jobs[0].quote.id };
    quotes.delete(state.number);
  }
  const seen = drafts.seenIn(state.number, mode);
  area.value = "";
  if (mode === "reply") tray.take();
  drafts.submitted(state.number, mode);
  draw();
  for (const job of jobs) sending.send({ clientId: newId(), number: state.number, mode, url: form.action, seen, rest: drafts.restOf, ...job });
  area.focus();
}

function split(text, uploads) {
  const carries = (upload) => state.captions.includes(upload.kind) && text.length <= state.max_caption;
  const carrier = text && uploads.find(carries);
  const jobs = uploads.map((upload) => ({ upload, text: upload === carrier ? text : "" }));
  return carrier || !text ? jobs : [...jobs, { text }];
}

/** The server refused: words, file and quote return to where they were. */
sending.onRefused((job) => {
  const isHere = state?.number === job.number && mode === job.mode;
  const both = [job.text, drafts.textOf(job.number, job.mode)].filter(Boolean).join("\n");
  if (isHere) area.value = both;
  drafts.write(job.number, job.mode, both);
  drafts.hasSeen(job.number, job.mode, job.seen);
  if (job.quote && !quotes.has(job.number)) quotes.set(job.number, job.quote);
  if (job.upload?.isDone) tray.put(job.upload, job.number);
  if (isHere) draw();
});

/* The customer may be told that an answer is being written */

let told = 0;
function tellTyping() {
  if (mode !== "reply" || !area.value.trim() || !can("typing") || Date.now() - told < TYPING) return;
  told = Date.now();
  post(state.typing_url, {}, { quiet: true });
}

form.addEventListener("submit", (event) => {
  if (event.submitter?.id === "refusal-accept") return;
  event.preventDefault();
  submit();
});
form.querySelector(".modes").addEventListener("click", (event) => event.target.dataset.mode && setMode(event.target.dataset.mode));
quoting.querySelector("button").addEventListener("click", () => quote(null));
area.addEventListener("input", () => document.dispatchEvent(new CustomEvent("typing", { detail: mode })));
area.addEventListener("input", () => [drafts.write(state.number, mode, area.value), measure(), tellTyping()]);
area.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if (event.key === "Escape" && !quoting.hidden) quote(null);
  else if (event.key === "Escape") document.getElementById("log").focus();
});
document.addEventListener("minute", tick);
addEventListener("beforeunload", (event) => (!sending.isEmpty() || !tray.isEmpty() || !drafts.allFit()) && event.preventDefault());

/* Files: chosen, pasted, dropped */

const mayAttach = () => state && mode === "reply" && state.files.length > 0;
const hasFiles = (transfer) => [...(transfer?.types ?? [])].includes("Files");

for (const opener of [document.getElementById("attach"), menu.querySelector("[data-extra=file]")]) {
  opener.addEventListener("click", () => [menu.hidePopover(), picker.click()]);
}
picker.addEventListener("change", () => {
  tray.add(picker.files, state);
  picker.value = "";
  area.focus();
});
area.addEventListener("paste", (event) => {
  if (!hasFiles(event.clipboardData) || event.clipboardData.types.includes("text/plain") || !mayAttach()) return;
  event.preventDefault();
  tray.add(event.clipboardData.files, state);
});
const ground = document.querySelector(".thread");
ground.addEventListener("dragover", (event) => {
  if (!hasFiles(event.dataTransfer)) return;
  event.preventDefault();
  ground.toggleAttribute("data-drop", Boolean(mayAttach()));
  event.dataTransfer.dropEffect = mayAttach() ? "copy" : "none";
});
ground.addEventListener("dragleave", (event) => ground.contains(event.relatedTarget) || ground.removeAttribute("data-drop"));
ground.addEventListener("drop", (event) => {
  ground.removeAttribute("data-drop");
  if (!hasFiles(event.dataTransfer)) return;
  event.preventDefault();
  if (mayAttach()) [tray.add(event.dataTransfer.files, state), area.focus()];
});
document.getElementById("tray").addEventListener("change", () => state && [drafts.changed(state.number, "reply"), measure()]);
menu.addEventListener("toggle", (event) => event.newState === "open" && place(menu, document.getElementById("plus")));
menu.addEventListener("click", (event) => event.target.closest("a") && menu.hidePopover());
