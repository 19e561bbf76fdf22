/* Older messages of the open thread: fetched by the button, when one scrolls up to it or on
   the way to a quoted one, and put above what is there without moving it. */

import { element, fragment, tell } from "./ui.js";
import { current, regroup } from "./thread.js";

const log = document.getElementById("log");
const NEAR = 240;
const button = () => document.getElementById("older");

async function load(link) {
  if (link.getAttribute("aria-busy") === "true") return;
  link.setAttribute("aria-busy", "true");
  const number = current()?.number;
  try {
    const html = await fragment(link.href, "older");
    if (link.isConnected && number === current()?.number) prepend(link, element(`<div>${html}</div>`));
  } catch (error) {
    link.removeAttribute("aria-busy");
    tell({ status: error.status ?? 0, data: {} });
  }
}

/** A polite region would read all of it aloud: it is busy until it stands. */
function prepend(link, older) {
  const wasFocused = link === document.activeElement;
  const nodes = [...older.querySelectorAll("[data-message]")].filter((node) => !document.getElementById(node.id));
  const anchor = log.querySelector(":scope > [data-message]");
  const before = anchor.getBoundingClientRect().top;
  log.setAttribute("aria-busy", "true");
  anchor.before(...nodes);
  link.replaceWith(older.querySelector("#older") ?? "");
  regroup();
  log.scrollTop += anchor.getBoundingClientRect().top - before;
  if (wasFocused) (button() ?? log).focus({ preventScroll: true });
  requestAnimationFrame(() => log.removeAttribute("aria-busy"));
}

const MOST_PAGES = 20;

/** Go to a message, through as many older ones as it takes; false if it is not found. */
export async function goTo(id) {
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const node = document.getElementById(`message-${id}`);
    if (node) return show(node);
    if (!button()) return false;
    await load(button());
  }
  return false;
}

function show(node) {
  node.scrollIntoView({ block: "center" });
  node.focus({ preventScroll: true });
  node.classList.remove("is-found");
  requestAnimationFrame(() => node.classList.add("is-found"));
  return true;
}

log.addEventListener("click", (event) => {
  const link = event.target.closest("#older");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  load(link);
});
log.addEventListener("scroll", () => log.scrollTop < NEAR && button() && load(button()), { passive: true });
