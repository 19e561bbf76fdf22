/* The inbox: rows that follow events, and what ties list, thread, composer and feed together. */

import { closeDialog } from "./dialogs.js";
import { element, fragment, post, refreshTimes, t, tell, toast } from "./ui.js";
import "./older.js";
import * as composer from "./composer.js";
import * as thread from "./thread.js";
import { Feed } from "./feed.js";
import { bindKeys } from "./keys.js";
import { setTitle, setUnread } from "./title.js";

const page = document.body.dataset;
const inbox = document.getElementById("inbox");
const scroller = document.getElementById("rows-scroll");
const pill = document.getElementById("rows-new");
const search = document.getElementById("search");
const base = search.getAttribute("action");
const rows = () => document.getElementById("rows");
const links = () => [...scroller.querySelectorAll(".row-link")];
let arrived = 0;

/* Rows */

const belongs = {
  queue: (row) => row.status === "queued",
  mine: (row) => row.status === "handled" && row.assignee === page.member,
  all: (row) => row.status !== "resolved",
  resolved: (row) => row.status === "resolved",
};
const comes = (first, second) => second.sort - first.sort || second.id - first.id;

function decorate(row) {
  row.classList.toggle("is-mine", row.dataset.assignee === page.member);
  const isOpen = Number(row.dataset.number) === thread.openNumber();
  row.classList.toggle("is-open", isOpen);
  const link = row.querySelector(".row-link");
  if (isOpen) link.setAttribute("aria-current", "true");
  else link.removeAttribute("aria-current");
}

/** Put a row where it belongs in this view, or take it out; the list does not move under the eye. */
function applyRow(html) {
  const row = element(html);
  const known = document.getElementById(row.id);
  if (known && Number(known.dataset.version) > Number(row.dataset.version)) return;
  if (!known && inbox.dataset.q) return reloadRows();
  const focused = known?.contains(document.activeElement);
  holding(() => {
    known?.remove();
    if (inbox.dataset.q || belongs[inbox.dataset.view](row.dataset)) place(row, !known);
  }, known);
  if (focused) (row.isConnected ? row : rows().firstElementChild)?.querySelector(".row-link").focus({ preventScroll: true });
  showEmpty();
}

function showEmpty() {
  document.getElementById("rows-empty").hidden = rows().childElementCount > 0;
}

function place(row, isNew) {
  const after = [...rows().children].find((other) => comes(row.dataset, other.dataset) < 0);
  if (!after && isNew && document.getElementById("more")) return;
  rows().insertBefore(row, after ?? null);
  decorate(row);
  refreshTimes(row);
  if (!isNew) return;
  row.classList.add("is-arriving");
  if (scroller.scrollTop > 40 && row.offsetTop < scroller.scrollTop) announce(arrived + 1);
}

/** Change the list while the first row in sight stays where it is. */
function holding(change, moving) {
  const edge = scroller.getBoundingClientRect().top;
  const anchor = [...rows().children].find((row) => row !== moving && row.getBoundingClientRect().bottom > edge);
  const before = anchor?.getBoundingClientRect().top;
  change();
  if (scroller.scrollTop > 0 && anchor) scroller.scrollTop += anchor.getBoundingClientRect().top - before;
}

function announce(count) {
  arrived = count;
  pill.hidden = !count;
  pill.textContent = t("new_rows", { n: count });
}

let listing = null;

/** Fetch the rows of the view that the page is in. */
async function loadRows() {
  listing?.abort();
  const mine = (listing = new AbortController());
  try {
    const html = await fragment(`${base}${location.search}`, "rows", { signal: mine.signal });
    const top = scroller.scrollTop;
    scroller.innerHTML = html;
    scroller.scrollTop = top;
    for (const row of rows().children) decorate(row);
    setCounts(rows().dataset);
  } catch (error) {
    if (error.name !== "AbortError") tell({ status: error.status ?? 0, data: {} });
  }
}

let reloading = null;
const reloadRows = () => {
  clearTimeout(reloading);
  reloading = setTimeout(loadRows, 400);
};

function setCounts(counts) {
  for (const node of document.querySelectorAll("[data-count]")) {
    node.textContent = counts[node.dataset.count];
    node.closest("[data-unless-zero]")?.toggleAttribute("hidden", !Number(counts[node.dataset.count]));
  }
  setUnread(counts.unread);
}

let counting = null;
/** Counts are asked for once per burst, at a moment of one's own. */
function countSoon() {
  counting ??= setTimeout(async () => {
    counting = null;
    const counts = await fetch(`${base}counts/`, { headers: { Accept: "application/json" } }).catch(() => null);
    if (counts?.ok && !counts.redirected) setCounts(await counts.json());
  }, 600 + Math.random() * 1200);
}

function setView(view, q) {
  inbox.dataset.view = search.elements.view.value = view;
  inbox.dataset.q = q;
  for (const tab of document.querySelectorAll("#tabs a")) {
    if (tab.dataset.view === view) tab.setAttribute("aria-current", "true");
    else tab.removeAttribute("aria-current");
  }
}

function goToView(view, q) {
  setView(view, q);
  scroller.scrollTop = 0;
  announce(0);
  const query = new URLSearchParams({ view, ...(q && { q }) });
  history.replaceState(history.state, "", `${location.pathname}?${query}`);
  return loadRows();
}

/* Opening */

async function open(number, { push = true, focus = true } = {}) {
  number = Number(number);
  inbox.dataset.pane = "thread";
  inbox.removeAttribute("data-contact");
  if (push) history.pushState({ number }, "", `${base}${number}/${location.search}`);
  for (const row of rows().children) row.classList.toggle("is-open", Number(row.dataset.number) === number);
  try {
    const state = await thread.open(number);
    if (!state) return;
    composer.show(state);
    for (const row of rows().children) decorate(row);
    if (focus) document.querySelector("#thread-head h2").focus({ preventScroll: true });
    markRead();
    prefetchAround();
  } catch (error) {
    close({ push: false });
    if (error.status === 404) toast(t("gone"), { error: true });
    else tell({ status: error.status ?? 0, data: {} });
  }
}

function close({ push = true } = {}) {
  if (push) history.pushState({}, "", `${base}${location.search}`);
  inbox.dataset.pane = "list";
  thread.clear();
  composer.show(null);
  setTitle(page.title);
  for (const row of rows().children) decorate(row);
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
  if (now && Number(now.unread) && now.assignee === page.member && !document.hidden) post(`${base}${now.number}/read/`);
}

/* Events and answers */

/** A frame of the feed, or the answer to one's own action: both may come, in any order. */
function apply({ conversation, row, bubble }) {
  const now = thread.current();
  if (row) applyRow(row);
  const number = row ? Number(element(row).dataset.number) : 0;
  if (number) thread.forget(number);
  if (!now || Number(now.id) !== conversation?.id) return;
  if (bubble) thread.insert(element(bubble));
  const isOther = now.status !== conversation.status || now.assignee !== String(conversation.assignee ?? "");
  if (isOther || bubble) thread.refresh();
  if (bubble) markRead();
}

function gone(id) {
  holding(() => document.getElementById(`row-${id}`)?.remove());
  showEmpty();
  if (Number(thread.current()?.id) === id) {
    toast(t("gone"));
    close();
  }
  countSoon();
}

const SAYS = { accept: "accepted", release: "released", transfer: "transferred", resolve: "resolved" };

async function act(form, submitter) {
  const name = form.dataset.action ?? "accept";
  const next = name === "resolve" || name === "transfer" ? neighbour(1) ?? neighbour(-1) : null;
  submitter?.setAttribute("aria-busy", "true");
  const url = submitter?.hasAttribute("formaction") ? submitter.formAction : form.action;
  const result = await post(url, form.id === "composer" ? {} : new FormData(form));
  submitter?.removeAttribute("aria-busy");
  if (form.closest("dialog") && result.ok) closeDialog();
  if (!result.ok) {
    tell(result);
    if (result.status === 409) [reloadRows(), thread.refresh()];
    return;
  }
  apply(result.data);
  if (result.data.composer) composer.update(result.data.composer);
  countSoon();
  if (SAYS[name]) toast(t(SAYS[name]));
  if (name === "accept") await afterAccept(result.data.conversation.number);
  if (name === "resolve" || (name === "transfer" && result.data.gone)) next ? open(next) : close();
}

async function afterAccept(number) {
  if (thread.openNumber() !== number) await open(number);
  composer.focus("reply");
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

/* Pointer and history */

document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const link = event.target.closest(".row-link, a[data-open]");
  const tab = event.target.closest("#tabs a");
  const more = event.target.closest("#more");
  if (event.target.closest("[data-contact-toggle]")) inbox.toggleAttribute("data-contact");
  if (event.target.closest("[data-back]")) [event.preventDefault(), close()];
  if (event.target.closest("#search a")) [event.preventDefault(), clearSearch()];
  const other = event.target.closest(`#rows-empty a[href^="${base}?"]`);
  if (other) [event.preventDefault(), (search.elements.q.value = ""), goToView(new URL(other.href).searchParams.get("view"), "")];
  if (link) [event.preventDefault(), open(link.dataset.open ?? link.closest(".row").dataset.number)];
  if (tab) [event.preventDefault(), goToView(tab.dataset.view, inbox.dataset.q)];
  if (more) [event.preventDefault(), showMore(more)];
});

async function showMore(link) {
  link.setAttribute("aria-busy", "true");
  const holder = document.createElement("div");
  holder.innerHTML = await fragment(link.href, "rows").catch(() => "");
  const older = holder.querySelector("#rows");
  if (!older) return link.removeAttribute("aria-busy");
  for (const row of [...older.children]) if (!document.getElementById(row.id)) [rows().append(row), decorate(row)];
  link.replaceWith(holder.querySelector("#more") ?? "");
}

let hover = null;
scroller.addEventListener("pointerover", (event) => {
  const row = event.target.closest(".row");
  clearTimeout(hover);
  if (row) hover = setTimeout(() => thread.prefetch(Number(row.dataset.number)), 60);
});
scroller.addEventListener("scroll", () => scroller.scrollTop < 20 && announce(0), { passive: true });
pill.addEventListener("click", () => scroller.scrollTo({ top: 0, behavior: "smooth" }));

let typing = null;
search.elements.q.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => goToView(inbox.dataset.view, search.elements.q.value.trim()), 250);
});
search.addEventListener("submit", (event) => [event.preventDefault(), goToView(inbox.dataset.view, search.elements.q.value.trim())]);
function clearSearch() {
  search.elements.q.value = "";
  search.elements.q.focus();
  goToView(inbox.dataset.view, "");
}

addEventListener("popstate", () => {
  const query = new URLSearchParams(location.search);
  const [view, q] = [query.get("view") ?? "queue", query.get("q") ?? ""];
  if (view !== inbox.dataset.view || q !== inbox.dataset.q) [setView(view, q), (search.elements.q.value = q), loadRows()];
  const number = location.pathname.slice(base.length).match(/^(\d+)\//)?.[1];
  if (number) open(number, { push: false });
  else close({ push: false });
});

bindKeys({
  j: () => step(1),
  k: () => step(-1),
  r: () => composer.focus("reply"),
  n: () => composer.focus("note"),
  o: enter,
  Enter: enter,
  "/": () => search.elements.q.focus(),
  Escape: () => (inbox.hasAttribute("data-contact") ? inbox.removeAttribute("data-contact") : close()),
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
  composer.resume();
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
  apply(frame);
  const isMine = String(frame.conversation.assignee) === page.member;
  if (isMine || !frame.name?.startsWith("message.") || !document.getElementById(`row-${frame.conversation.id}`)) countSoon();
});
feed.addEventListener("reset", () => [thread.forgetAll(), loadRows(), thread.refresh()]);
feed.addEventListener("up", () => tellState(true));
feed.addEventListener("down", () => tellState(false));
feed.addEventListener("closed", ({ detail }) => tell({ status: detail.code === 4401 ? 401 : 403, data: {} }));

/* The page as the server painted it */

const first = document.getElementById("composer-first");
if (first) composer.show(JSON.parse(first.textContent));
for (const row of rows().children) decorate(row);
refreshTimes();
thread.settle();
markRead();
if (page.live) feed.start();
document.addEventListener("visibilitychange", markRead);
