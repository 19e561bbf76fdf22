/* Older messages of the open thread: fetched by the button or when one scrolls up to it, and
   put above what is there without moving it. */

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

log.addEventListener("click", (event) => {
  const link = event.target.closest("#older");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  load(link);
});
log.addEventListener("scroll", () => log.scrollTop < NEAR && button() && load(button()), { passive: true });
