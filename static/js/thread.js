/* The open conversation: fetched, painted, and kept true bubble by bubble. Whatever arrives
   twice or late ends in the same place: a bubble is found by its id or by its client id. */

import { isEditing } from "./details.js";
import { patience } from "./patience.js";
import { setTitle } from "./title.js";
import { bytes, clock, day, dayLabel, element, fragment, refreshTimes } from "./ui.js";

const log = document.getElementById("log");
const head = document.getElementById("thread-head");
const contact = document.getElementById("contact");
const newer = document.getElementById("log-new");
const sendingTemplate = document.getElementById("sending-template");

const GROUP = 300000;
const KEEP = 12;
const FRESH = 60000;
const PAGE = 50;

const cache = new Map();
const dirty = new Set();
let wish = null;

export const current = () => head.querySelector(".thread-head")?.dataset ?? null;
/** The newest message that is on the screen. */
export const lastSeen = () => Math.max(0, ...[...log.querySelectorAll(":scope > [data-message]")].map((node) => Number(node.dataset.message)));
export const openNumber = () => Number(current()?.number ?? 0);

/* Fetching */

const url = (number) => `${document.getElementById("search").getAttribute("action")}${number}/thread/`;

/** The thread's HTML, from the small cache if it is fresh and nothing happened since. */
async function load(number, signal) {
  const kept = cache.get(number);
  if (kept && Date.now() - kept.at < FRESH) return kept.html;
  dirty.delete(number);
  const html = await fragment(url(number), "thread", { signal });
  if (!dirty.has(number)) remember(number, html);
  return html;
}

function remember(number, html) {
  cache.delete(number);
  cache.set(number, { html, at: Date.now() });
  if (cache.size > KEEP) cache.delete(cache.keys().next().value);
}

export function forget(number) {
  cache.delete(number);
  dirty.add(number);
}

export const forgetAll = () => cache.clear();
export const prefetch = (number) => number && load(number).catch(() => {});

/** Fetch and paint; returns the composer's state, or null if another wish came first. */
export async function open(number) {
  wish?.abort();
  const mine = (wish = new AbortController());
  const settled = patience(showSkeleton);
  try {
    const html = await load(number, mine.signal);
    await settled();
    if (mine !== wish) return null;
    const parts = element(html);
    paint(parts);
    if (dirty.has(number)) refresh();
    return state(parts);
  } catch (error) {
    if (mine !== wish || error.name === "AbortError") return null;
    throw error;
  } finally {
    settled();
  }
}

const part = (parts, name) => parts.querySelector(`[data-part=${name}]`);
const state = (parts) => JSON.parse(parts.querySelector("#composer-state").textContent);

function showSkeleton() {
  log.replaceChildren(element('<div class="skeleton" aria-hidden="true"><i></i><i></i><i></i></div>'));
}

function paint(parts) {
  head.replaceChildren(...part(parts, "head").childNodes);
  log.replaceChildren(...part(parts, "log").childNodes);
  contact.replaceChildren(...part(parts, "contact").childNodes);
  setTitle(parts.dataset.title);
  refreshTimes(head);
  settle();
}

/** Show the newest message, or where the unread ones begin. */
export function settle() {
  newer.hidden = true;
  const mark = log.querySelector(".new");
  log.scrollTop = log.scrollHeight;
  if (mark && mark.offsetTop < log.scrollTop) log.scrollTop = mark.offsetTop - 16;
}

/** No conversation is open. */
export function clear() {
  wish?.abort();
  wish = null;
  head.replaceChildren();
  contact.replaceChildren();
  log.replaceChildren(document.getElementById("unselected-template").content.cloneNode(true));
  newer.hidden = true;
}

let refreshing = null;

/** Fetch the open thread again and merge it; never touches what is being typed. */
export function refresh() {
  const number = openNumber();
  clearTimeout(refreshing);
  refreshing = setTimeout(async () => {
    if (!number || number !== openNumber()) return;
    forget(number);
    const html = await fragment(url(number), "thread", { quiet: true }).catch((error) => error);
    if (number !== openNumber()) return;
    if (typeof html !== "string") return html.status === 404 && emit("gone");
    const parts = element(html);
    merge(parts);
    emit("state", state(parts));
  }, 120);
}

function merge(parts) {
  const heading = part(parts, "head");
  if (heading.innerHTML !== head.innerHTML && !head.contains(document.activeElement)) head.replaceChildren(...heading.childNodes);
  else if (heading.innerHTML !== head.innerHTML) keepFocus(heading);
  if (!isEditing()) keepPanel(part(parts, "contact"));
  for (const node of [...part(parts, "log").querySelectorAll("[data-message]")]) insert(node);
}

/** The panel is painted anew only if it differs, and the focus stays where it was. */
function keepPanel(next) {
  if (next.innerHTML === contact.innerHTML) return;
  const { edit, detail } = document.activeElement?.dataset ?? {};
  const held = contact.contains(document.activeElement);
  contact.replaceChildren(...next.childNodes);
  if (held) contact.querySelector(edit ? `[data-edit="${CSS.escape(edit)}"]` : `[data-detail="${CSS.escape(detail ?? "")}"]`)?.focus({ preventScroll: true });
}

function keepFocus(heading) {
  const key = document.activeElement.dataset?.key;
  head.replaceChildren(...heading.childNodes);
  (head.querySelector(`[data-key="${key}"]`) ?? head.querySelector("h2")).focus({ preventScroll: true });
}

const emit = (name, detail) => log.dispatchEvent(new CustomEvent(name, { detail }));
export const on = (name, listener) => log.addEventListener(name, (event) => listener(event.detail));

/* Bubbles */

const atBottom = () => log.scrollHeight - log.scrollTop - log.clientHeight < 48;
const order = (node) => [Date.parse(node.dataset.sentAt), Number(node.dataset.message)];
const isAfter = (first, second) => first[0] - second[0] || first[1] - second[1];

/** Put a bubble in its place; a second time it only changes where it differs. */
export function insert(node) {
  const stick = atBottom();
  const known = document.getElementById(node.id) ?? byClient(node.dataset.clientId);
  if (!known && tooOld(node)) return;
  if (known?.dataset.message && known.dataset.sentAt === node.dataset.sentAt) patch(known, node);
  else settleIn(node, known);
  regroup();
  if (stick || (!known && node.matches(".out, .note"))) log.scrollTop = log.scrollHeight;
  else if (!known && node.matches(".in")) newer.hidden = false;
}

function settleIn(node, known) {
  known?.remove();
  log.querySelector(".fact:not([data-message])")?.remove();
  const later = [...log.querySelectorAll(":scope > [data-message]")].reverse();
  const before = later.find((other) => isAfter(order(other), order(node)) <= 0);
  if (before) before.after(node);
  else firstPlace(node);
}

/** Make one bubble like another, part by part: a film goes on playing under a new reaction. */
function patch(known, node) {
  for (const { name } of [...known.attributes]) if (!node.hasAttribute(name)) known.removeAttribute(name);
  for (const { name, value } of node.attributes) if (name !== "class") known.setAttribute(name, value);
  const parts = [...known.children].filter((part) => !part.matches(".msg-tools"));
  let last = null;
  for (const wanted of [...node.children]) {
    const mate = parts.find((part) => part.classList[0] === wanted.classList[0]);
    if (mate) [parts.splice(parts.indexOf(mate), 1), keepOpen(mate, wanted)];
    const stays = mate?.isEqualNode(wanted) ? mate : wanted;
    if (stays === wanted) mate ? mate.replaceWith(wanted) : last ? last.after(wanted) : known.prepend(wanted);
    last = stays;
  }
  for (const part of parts) part.remove();
}

/** What somebody has unfolded stays so. */
function keepOpen(known, next) {
  const folds = [...known.querySelectorAll("details")];
  next.querySelectorAll("details").forEach((fold, index) => (fold.open = Boolean(folds[index]?.open)));
}

const byClient = (id) => (id ? log.querySelector(`[data-client-id="${CSS.escape(id)}"]`) : null);

/** A receipt for a message above what is loaded: nothing to show. */
function tooOld(node) {
  const shown = log.querySelectorAll(":scope > [data-message]");
  return shown.length >= PAGE && isAfter(order(node), order(shown[0])) < 0;
}

function firstPlace(node) {
  const first = log.querySelector(":scope > [data-message], :scope > .msg");
  if (first) first.before(node);
  else log.append(node);
}

/** Day separators and groups, computed again from the order of the bubbles. */
export function regroup() {
  const nodes = [...log.querySelectorAll(":scope > [data-sent-at]")];
  for (const separator of log.querySelectorAll(":scope > .day")) separator.remove();
  nodes.forEach((node, index) => {
    const sent = new Date(node.dataset.sentAt);
    const before = nodes[index - 1];
    if (!before || day(new Date(before.dataset.sentAt)) !== day(sent)) separate(node, sent);
    node.classList.toggle("is-joined", joined(node, nodes[index + 1]));
  });
}

/* After midnight yesterday is called so. */
let drawn = day(new Date());
document.addEventListener("minute", () => {
  if (drawn !== day(new Date())) [(drawn = day(new Date())), regroup()];
});

function separate(node, sent) {
  const separator = element('<p class="day"><span></span></p>');
  separator.firstElementChild.textContent = dayLabel(sent);
  const target = node.previousElementSibling?.matches(".new") ? node.previousElementSibling : node;
  target.before(separator);
}

function joined(node, after) {
  if (!after || !node.matches(".msg") || after.previousElementSibling !== node) return false;
  if (["failed", "unknown"].includes(node.dataset.state) || node.dataset.author !== after.dataset.author) return false;
  const [first, second] = [new Date(node.dataset.sentAt), new Date(after.dataset.sentAt)];
  return second - first <= GROUP && day(first) === day(second);
}

/* Bubbles that the server does not know yet */

/** Show a message at once, before it is sent. */
export function addSending(job) {
  if (byClient(job.clientId)) return;
  const node = sendingTemplate.content.firstElementChild.cloneNode(true);
  const isNote = job.mode === "note";
  node.classList.replace("out", isNote ? "note" : "out");
  node.dataset.clientId = job.clientId;
  node.querySelector(".say > b").hidden = !isNote;
  node.querySelector(".words").textContent = job.text;
  node.querySelector("time").textContent = clock(new Date());
  if (job.quote) showQuote(node.querySelector(".quote"), job.quote);
  if (job.upload) followUpload(node, job.upload);
  log.querySelector(".fact:not([data-message])")?.remove();
  log.append(node);
  setState(job);
  log.scrollTop = log.scrollHeight;
}

function showQuote(node, quote) {
  node.hidden = false;
  node.querySelector("b").textContent = quote.name;
  node.querySelector("span").textContent = quote.text;
}

function followUpload(node, upload) {
  const [picture, tile, bar] = ["img", ".tile", "progress"].map((part) => node.querySelector(part));
  const draw = () => {
    node.querySelector(".say").classList.toggle("is-image", Boolean(upload.thumb));
    picture.hidden = !upload.thumb;
    if (upload.thumb) picture.src = upload.thumb;
    tile.hidden = Boolean(upload.thumb);
    tile.querySelector("b").textContent = upload.name;
    tile.querySelector("small").textContent = upload.problem || bytes(upload.size);
    bar.hidden = upload.isDone;
    bar.value = upload.progress;
    if (node.isConnected && log.dataset.stuck === "1") log.scrollTop = log.scrollHeight;
  };
  upload.addEventListener("change", draw);
  draw();
}

/** Show whether it is on its way or failed. */
export function setState(job) {
  const node = byClient(job.clientId);
  if (!node || node.dataset.message) return;
  node.dataset.state = job.failed ? "failed" : "sending";
  node.querySelector(".tick").hidden = job.failed;
  const trouble = node.querySelector(".msg-trouble");
  trouble.hidden = !job.failed;
  if (job.failed) trouble.setAttribute("role", "alert");
}

export const removeSending = (job) => {
  const node = byClient(job.clientId);
  if (node && !node.dataset.message) node.remove();
};

newer.addEventListener("click", () => {
  log.scrollTo({ top: log.scrollHeight, behavior: "smooth" });
  newer.hidden = true;
});
log.addEventListener("scroll", () => atBottom() && (newer.hidden = true), { passive: true });
new ResizeObserver(() => atBottom() || log.dataset.stuck !== "1" || (log.scrollTop = log.scrollHeight)).observe(log);
log.addEventListener("scroll", () => (log.dataset.stuck = atBottom() ? "1" : ""), { passive: true });
for (const event of ["load", "loadedmetadata", "error"]) log.addEventListener(event, () => log.dataset.stuck === "1" && (log.scrollTop = log.scrollHeight), true);
