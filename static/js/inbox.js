/* The inbox: what ties list, thread, composer and feed together. */

import { heed } from "./attention.js";
import { closeDialog } from "./dialogs.js";
import { element, fragment, post, refreshTimes, t, tell, toast } from "./ui.js";
import { go, withoutStatus } from "./filtering.js";
import { offer } from "./undoing.js";
import "./selecting.js";
import "./tools.js";
import "./presence.js";
import "./quick_replies.js";
import "./signin.js";
import * as mentions from "./mentions.js";
import * as composer from "./composer.js";
import * as sending from "./sending.js";
import * as thread from "./thread.js";
import { contactId } from "./details.js";
import { askSoon } from "./marks.js";
import { Feed } from "./feed.js";
import { defineCommands } from "./inbox_commands.js";
import "./keys.js";
import { applyRow, asked, clearSearch, countSoon, decorateAll, goToView, loadRows, reloadRows, removeRow, rows, setView, showMore } from "./rows.js";
import { closeDetails, hideDetails } from "./panes.js";
import { setTitle } from "./title.js";

const page = document.body.dataset;
const inbox = document.getElementById("inbox");
const search = document.getElementById("search");
const base = search.getAttribute("action");

/* Opening */

async function open(number, { push = true, focus = true } = {}) {
  number = Number(number);
  const fromList = inbox.dataset.pane === "list";
  inbox.dataset.pane = "thread";
  hideDetails();
  if (push) history.pushState({ number, fromList }, "", `${base}${number}/${location.search}`);
  for (const row of rows().children) row.classList.toggle("is-open", Number(row.dataset.number) === number);
  if (number !== thread.openNumber()) composer.hold();
  try {
    const state = await thread.open(number);
    if (!state) return;
    composer.show(state);
    decorateAll();
    if (focus && !isWriting()) document.querySelector("#thread-head h2").focus({ preventScroll: true });
    markRead();
    prefetchAround();
  } catch (error) {
    close({ push: false });
    if (error.status === 404) toast(t("gone"), { error: true });
    else tell({ status: error.status ?? 0, data: {} });
  }
}

/** Whoever has gone on to a field before an answer came keeps the focus: his keys belong there. */
const isWriting = () => Boolean(document.activeElement?.closest("input, textarea, select, dialog"));

function close({ push = true } = {}) {
  if (push) history.pushState({}, "", `${base}${location.search}`);
  inbox.dataset.pane = "list";
  thread.clear();
  composer.show(null);
  setTitle(page.title);
  decorateAll();
}

function neighbour(step) {
  const all = [...rows().children];
  const here = all.findIndex((row) => Number(row.dataset.number) === thread.openNumber());
  return all[here < 0 ? (step > 0 ? 0 : -1) : here + step]?.dataset.number;
}

function step(by) {
  const number = neighbour(by);
  if (!number) return;
  open(number, { focus: false });
  rows().querySelector(`[data-number="${number}"]`).scrollIntoView({ block: "nearest" });
}

const prefetchAround = () => setTimeout(() => [1, -1].forEach((by) => thread.prefetch(Number(neighbour(by)))), 300);

function markRead() {
  const now = thread.current();
  if (now && Number(now.unread) && now.assignee === page.member && !document.hidden) post(`${base}${now.number}/read/`, {}, { quiet: true });
}

/* Events and answers */

/** A frame of the feed, or the answer to one's own action: both may come, in any order. */
function apply({ conversation, row, bubble, name, message }) {
  const now = thread.current();
  if (message) sending.settle(message.client_id);
  const shown = row ? element(row) : null;
  if (shown) [applyRow(shown), thread.forget(Number(shown.dataset.number))];
  if (!now || Number(now.id) !== conversation?.id) return;
  if (bubble) thread.insert(element(bubble));
  const isOther = now.status !== conversation.status || now.assignee !== String(conversation.assignee ?? "");
  if (isOther || bubble || name === "conversation.labelled") thread.refresh();
  if (bubble) markRead();
}

/** It is out of sight: nobody needs to say at the server that he has left it. */
const lose = (number) => document.dispatchEvent(new CustomEvent("lost", { detail: Number(number) }));

function gone(id) {
  removeRow(id);
  if (Number(thread.current()?.id) === id) {
    lose(thread.openNumber());
    toast(t("gone"));
    close();
  }
  countSoon();
}

/** What we know of a customer has changed: his open conversation, and his rows. */
function contactChanged(id) {
  thread.forgetAll();
  if (contactId() === id) thread.refresh();
  if (rows().querySelector(`[data-contact="${id}"]`)) reloadRows();
}
document.addEventListener("details", () => thread.refresh());

/** A channel works again, or does not any more: the banner, and what waits for it. */
async function channelChanged() {
  const notices = document.getElementById("notices");
  const had = Boolean(notices.querySelector(".notice-bar"));
  const html = await fragment(`${base}notices/`, "notices").catch(() => null);
  if (html === null) return;
  notices.innerHTML = html;
  if (had && !notices.querySelector(".notice-bar")) toast(t("reconnected"));
  thread.forgetAll();
  thread.refresh();
}

const SAYS = { accept: "accepted", release: "released", transfer: "transferred", resolve: "resolved", labels: "labelled", unread: "marked_unread", snooze: "snoozed", wake: "woken" };
const GOES_ON = ["resolve", "transfer", "snooze"];

async function act(form, submitter) {
  const name = form.dataset.action ?? "accept";
  const stays = "stay" in form.dataset;
  const next = GOES_ON.includes(name) ? neighbour(1) ?? neighbour(-1) : null;
  submitter?.setAttribute("aria-busy", "true");
  const url = submitter?.hasAttribute("formaction") ? submitter.formAction : form.action;
  const result = await post(url, form.id === "composer" ? {} : new FormData(form, submitter));
  submitter?.removeAttribute("aria-busy");
  if (form.closest("dialog") && result.ok) closeDialog();
  if (!result.ok) {
    tell(result);
    if (result.status === 409) [reloadRows(), thread.refresh()];
    return;
  }
  if (result.data.conversation) apply(name === "labels" ? { ...result.data, name: "conversation.labelled" } : result.data);
  if (result.data.gone) lose(result.data.conversation.number);
  if (result.data.composer) composer.update(result.data.composer);
  countSoon();
  if (SAYS[name]) offer(t(SAYS[name]), result.data.undo, undone);
  if (name === "save-contact") toast(t(`contact_${result.data.state}`, { name: result.data.contact.name || result.data.contact.phone }));
  if (name === "accept") await afterAccept(result.data.conversation.number);
  if (name === "unread") [close(), rows().querySelector(`[data-number="${result.data.conversation.number}"] .row-link`)?.focus()];
  if (name === "snooze" || (name === "resolve" && !stays) || (name === "transfer" && result.data.gone)) next ? open(next) : close();
}

/** What was taken back is shown as it stands again, and opened if nothing else is. */
function undone(answer) {
  if (answer.row) apply({ ...answer, name: "conversation.labelled" });
  countSoon();
  thread.forgetAll();
  thread.refresh();
  if (!answer.gone && !thread.openNumber()) open(answer.conversation.number);
}

async function afterAccept(number) {
  if (thread.openNumber() !== number) await open(number);
  if (!isWriting()) composer.focus("reply");
}

document.addEventListener("submit", (event) => {
  const accepts = event.submitter?.id === "refusal-accept";
  if (!event.target.matches("form[data-action]") && !accepts) return;
  event.preventDefault();
  if (event.submitter?.getAttribute("aria-busy") !== "true") act(event.target, event.submitter);
});
document.addEventListener("answer", (event) => apply(event.detail));
thread.on("state", composer.update);
thread.on("gone", () => gone(Number(thread.current()?.id)));

/* What sends a location, buttons, a list or a template is fetched when one of them is wanted. */

let sheets = null;
const dialog = document.getElementById("dialog");
const fetchSheets = () => (sheets ??= import("./sheets.js"));
document.addEventListener("click", (event) => event.target.closest("#plus, [data-dialog=wide]") && fetchSheets(), { capture: true });
dialog.addEventListener("filled", async () => dialog.querySelector("form[data-send]") && (await fetchSheets()).draw());

/* So is what shows pictures large: the click that wants it first is made once more. */

let viewer = null;
let isViewing = false;
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-viewer]");
  if (!link || isViewing || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  viewer ??= import("./viewer.js").then(() => [(isViewing = true), link.click()]).catch(() => [(viewer = null), tell({ status: 0, data: {} })]);
});

/* Pointer and history */

document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const link = event.target.closest(".row-link, a[data-open]");
  const tab = event.target.closest("a[data-view]");
  const more = event.target.closest("#more");
  if (event.target.closest("[data-back]")) [event.preventDefault(), history.state?.fromList ? history.back() : close()];
  if (event.target.closest("#search a")) [event.preventDefault(), clearSearch()];
  const other = event.target.closest(`#rows-empty a[href^="${base}?"]`);
  if (other) [event.preventDefault(), go(other.href)];
  if (link) [event.preventDefault(), open(link.dataset.open ?? link.closest(".row").dataset.number)];
  if (tab) [event.preventDefault(), goToView(tab.dataset.view, inbox.dataset.q, withoutStatus(inbox.dataset.filter))];
  if (more) [event.preventDefault(), showMore(more)];
});

addEventListener("popstate", () => {
  const list = asked();
  if (["view", "q", "filter"].some((name) => list[name] !== inbox.dataset[name])) [setView(list), (search.elements.q.value = list.q), loadRows()];
  const number = location.pathname.slice(base.length).match(/^(\d+)\//)?.[1];
  const isDetails = Boolean(history.state?.details);
  const wasDetails = inbox.hasAttribute("data-contact");
  isDetails ? inbox.setAttribute("data-contact", "") : hideDetails();
  if (isDetails !== wasDetails && Number(number) === thread.openNumber()) return;
  if (number) open(number, { push: false });
  else close({ push: false });
});

defineCommands({ step, enter, close: () => closeDetails() || close() });

/* From the palette: a conversation, or all of a customer's */
document.addEventListener("goto", (event) => {
  event.preventDefault();
  const { number, q } = event.detail;
  if (number) open(number);
  else [(search.elements.q.value = q), goToView("all", q)];
});

/** Into the thread; with none open, into the first. */
function enter() {
  if (thread.openNumber()) document.getElementById("log").focus();
  else step(1);
}

/* The feed, and what it says about itself */

const banner = document.getElementById("banner");
let quiet = null;
function tellState(isUp) {
  clearTimeout(quiet);
  const was = !banner.hidden;
  if (!isUp) return (quiet = setTimeout(() => showBanner("reconnecting", false), 5000));
  sending.resume();
  if (!was) return;
  showBanner("up_to_date", true);
  quiet = setTimeout(() => (banner.hidden = true), 3000);
}
function showBanner(key, isGood) {
  banner.classList.toggle("is-good", isGood);
  banner.querySelector("span").textContent = t(key);
  banner.hidden = false;
}

const feed = new Feed({ socket: page.live, poll: page.poll, cursor: Number(page.cursor), language: document.documentElement.lang });
feed.addEventListener("frame", ({ detail: frame }) => {
  if (frame.type === "gone") return gone(frame.conversation.id);
  if (frame.name === "channel.changed") return channelChanged();
  if (frame.name === "contact.changed") return contactChanged(frame.contact.id);
  if (frame.name === "batch.delivered") return heed(frame);
  apply(frame);
  heed(frame);
  if (frame.name === "member.mentioned") mentions.hear(frame);
  const isMine = String(frame.conversation.assignee) === page.member;
  if (isMine || !frame.name?.startsWith("message.") || !document.getElementById(`row-${frame.conversation.id}`)) countSoon();
});
feed.addEventListener("reset", () => [thread.forgetAll(), loadRows(), countSoon(), askSoon(), thread.refresh()]);
feed.addEventListener("up", () => tellState(true));
feed.addEventListener("down", () => tellState(false));
feed.addEventListener("closed", ({ detail }) => tell({ status: detail.code === 4401 ? 401 : 403, data: {} }));

/* The page as the server painted it */

const first = document.getElementById("composer-first");
if (first) composer.show(JSON.parse(first.textContent));
decorateAll();
refreshTimes();
thread.settle();
markRead();
if (page.live) [feed.start(), tellState(false)]; // until it is up
document.addEventListener("visibilitychange", markRead);
