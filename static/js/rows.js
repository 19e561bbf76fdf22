/* The rows of the list: they follow events, keep their order, and do not move under the eye. */

import { element, fragment, refreshTimes, t, tell } from "./ui.js";
import { decorateRow } from "./marks.js";
import { patience } from "./patience.js";
import { ask } from "./asking.js";
import * as thread from "./thread.js";
import { setUnread } from "./title.js";

const page = document.body.dataset;
const inbox = document.getElementById("inbox");
const scroller = document.getElementById("rows-scroll");
const pill = document.getElementById("rows-new");
const search = document.getElementById("search");
const base = search.getAttribute("action");
let arrived = 0;
let arrivedAt = 0; // where many come, none of them flashes
let depth = 0; // how far it is scrolled, known without asking for a layout

export const rows = () => document.getElementById("rows");

/** Show which one is open. */
export function decorateAll() {
  for (const row of rows().children) decorate(row);
}

const isOwn = (row) => row.status === "handled" && row.assignee === page.member;
const belongs = {
  queue: (row) => row.status === "queued",
  mine: (row) => isOwn(row) && !("snoozed" in row),
  snoozed: (row) => isOwn(row) && "snoozed" in row,
  all: (row) => row.status !== "resolved",
  mentioned: (row, isKnown) => isKnown,
  resolved: (row) => row.status === "resolved",
  expired: (row, isKnown) => isKnown && row.status === "queued",
};
const comes = (first, second) => second.sort - first.sort || second.id - first.id;

function decorate(row) {
  row.classList.toggle("is-mine", row.dataset.assignee === page.member);
  const isOpen = Number(row.dataset.number) === thread.openNumber();
  row.classList.toggle("is-open", isOpen);
  const link = row.querySelector(".row-link");
  if (isOpen) link.setAttribute("aria-current", "true");
  else link.removeAttribute("aria-current");
  decorateRow(row);
}

/** The conversation is not to be seen any more. */
export function removeRow(id) {
  holding(() => document.getElementById(`row-${id}`)?.remove());
  showEmpty();
}

/** What is searched or filtered for is known to the server alone. */
const isNarrow = () => Boolean(inbox.dataset.q || inbox.dataset.filter);

/** Something happened to a conversation: show it where it belongs in this view, or not any more. */
export function applyRow(row) {
  if (isNarrow()) ask(row.dataset.id, { put: (found) => putRow(found, true), remove: removeRow, reload: reloadRows });
  if (!isNarrow() || document.getElementById(row.id)) putRow(row, isNarrow() || belongs[inbox.dataset.view](row.dataset, Boolean(document.getElementById(row.id))));
}

/** Put a row into its place, or take it out; the list does not move under the eye. */
function putRow(row, isIn) {
  const known = document.getElementById(row.id);
  if (known && Number(known.dataset.version) > Number(row.dataset.version)) return;
  const focused = known?.contains(document.activeElement);
  holding(() => {
    known?.remove();
    if (isIn) place(row, !known);
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
  row.classList.toggle("is-arriving", Date.now() - arrivedAt > 1000);
  arrivedAt = Date.now();
  if (depth > 40 && row.offsetTop < scroller.scrollTop) announce(arrived + 1);
}

/** Change the list while the first row in sight stays where it is. */
function holding(change, moving) {
  if (!depth) return change();
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
export async function loadRows({ isNew = false } = {}) {
  listing?.abort();
  const mine = (listing = new AbortController());
  const settled = patience(isNew ? () => scroller.classList.add("is-waiting") : null);
  try {
    const html = await fragment(`${base}${location.search}`, "rows", { signal: mine.signal });
    await settled();
    if (mine !== listing) return;
    const top = scroller.scrollTop;
    scroller.innerHTML = html;
    scroller.scrollTop = top;
    for (const row of rows().children) decorate(row);
  } catch (error) {
    if (error.name !== "AbortError") tell({ status: error.status ?? 0, data: {} });
  } finally {
    settled();
    if (mine === listing) scroller.classList.remove("is-waiting");
  }
}

let reloading = null;
export const reloadRows = () => {
  clearTimeout(reloading);
  reloading = setTimeout(loadRows, 400);
};

function setCounts(counts) {
  for (const node of document.querySelectorAll("[data-count]")) {
    const most = Number(node.dataset.most ?? 999);
    node.textContent = counts[node.dataset.count] > most ? `${most}+` : counts[node.dataset.count];
    node.closest("[data-unless-zero]")?.toggleAttribute("hidden", !Number(counts[node.dataset.count]));
  }
  setUnread(counts.unread);
  document.dispatchEvent(new Event("counted"));
}

let counting = null;
/** Counts are asked for once per burst, at a moment of one's own. */
export function countSoon() {
  counting ??= setTimeout(async () => {
    counting = null;
    const counts = await fetch(`${base}counts/`, { headers: { Accept: "application/json" } }).catch(() => null);
    if (counts?.ok && !counts.redirected) setCounts(await counts.json());
  }, 600 + Math.random() * 1200);
}

/** What the address asks for: tab, search, and the filter as it stands there. */
export function asked(query = location.search) {
  const rest = new URLSearchParams(query);
  const [view, q] = [rest.get("view") ?? "queue", rest.get("q") ?? ""];
  for (const name of ["view", "q", "before_at", "before_id"]) rest.delete(name);
  return { view: rest.has("status") ? "all" : view, q, filter: rest.toString() };
}

export function setView({ view, q, filter }) {
  inbox.dataset.view = search.elements.view.value = view;
  Object.assign(inbox.dataset, { q, filter });
  document.dispatchEvent(new Event("view"));
  for (const tab of document.querySelectorAll("a[data-view]")) {
    if (tab.dataset.view === view) tab.setAttribute("aria-current", "true");
    else tab.removeAttribute("aria-current");
  }
}

/** Show another list; a filter that changes is a step that one can go back. */
export function goToView(view, q, filter = inbox.dataset.filter) {
  const isStep = filter !== inbox.dataset.filter;
  setView({ view, q, filter });
  scroller.scrollTop = 0;
  announce(0);
  const address = `${location.pathname}?${new URLSearchParams({ view, ...(q && { q }) })}${filter && "&"}${filter}`;
  if (isStep) history.pushState(history.state, "", address);
  else history.replaceState(history.state, "", address);
  return loadRows({ isNew: true });
}

/** Append the next page of rows. */
export async function showMore(link) {
  if (link.getAttribute("aria-busy") === "true") return;
  link.setAttribute("aria-busy", "true");
  const holder = document.createElement("div");
  holder.innerHTML = await fragment(link.href, "rows").catch(() => "");
  const older = holder.querySelector("#rows");
  if (!older || !link.isConnected) return link.removeAttribute("aria-busy");
  for (const row of [...older.children]) if (!document.getElementById(row.id)) [rows().append(row), decorate(row)];
  link.replaceWith(holder.querySelector("#more") ?? "");
}

let hover = null;
scroller.addEventListener("pointerover", (event) => {
  const row = event.target.closest(".row");
  clearTimeout(hover);
  if (row) hover = setTimeout(() => thread.prefetch(Number(row.dataset.number)), 60);
});
scroller.addEventListener("scroll", scrolled, { passive: true });

/** Older rows are fetched before the end is in sight; the button is for whoever has no wheel. */
function scrolled() {
  depth = scroller.scrollTop;
  if (depth < 20) announce(0);
  const more = document.getElementById("more");
  const left = scroller.scrollHeight - depth - scroller.clientHeight;
  if (more && left < 600 && more.getAttribute("aria-busy") !== "true") showMore(more);
}
pill.addEventListener("click", () => scroller.scrollTo({ top: 0, behavior: "smooth" }));

let typing = null;
search.elements.q.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => goToView(inbox.dataset.view, search.elements.q.value.trim()), 250);
});
search.addEventListener("submit", (event) => [event.preventDefault(), goToView(inbox.dataset.view, search.elements.q.value.trim())]);

export function clearSearch() {
  search.elements.q.value = "";
  search.elements.q.focus();
  goToView(inbox.dataset.view, "");
}
