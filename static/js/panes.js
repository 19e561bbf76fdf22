/* Panes: the list's width by drag and by keyboard, and panels that fold away. What somebody
   chooses is kept on the server, so that the next page is painted like that from the start. */

import { define } from "./commands.js";
import { post } from "./ui.js";

const inbox = document.getElementById("inbox");
const split = document.getElementById("split");
const { valuemin: MIN, valuemax: MAX } = Object.fromEntries(["valuemin", "valuemax"].map((name) => [name, Number(split.getAttribute(`aria-${name}`))]));
const STEP = 16;
const USUAL = 348;
const isWide = matchMedia("(min-width: 1241px)");
const isRight = () => getComputedStyle(inbox).direction === "rtl";

let keeping = null;
let wish = {};
function keep(look) {
  wish = { ...wish, ...look };
  clearTimeout(keeping);
  keeping = setTimeout(send, 500);
}
function send() {
  if (!Object.keys(wish).length) return;
  post(split.dataset.look, wish, { keepalive: true });
  wish = {};
}
addEventListener("pagehide", send);

/* Width */

function setWidth(pixels) {
  const width = MIN + Math.round((Math.max(MIN, Math.min(MAX, pixels)) - MIN) / STEP) * STEP;
  inbox.dataset.listWidth = width;
  split.setAttribute("aria-valuenow", width);
  keep({ list_width: width });
}

split.addEventListener("keydown", (event) => {
  const now = Number(inbox.dataset.listWidth);
  const ahead = isRight() ? -STEP : STEP;
  const next = { ArrowRight: now + ahead, ArrowLeft: now - ahead, Home: MIN, End: MAX }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  setWidth(next);
});
split.addEventListener("pointerdown", (event) => {
  if (event.button) return;
  event.preventDefault();
  split.setPointerCapture(event.pointerId);
  split.dataset.dragging = "";
});
split.addEventListener("pointermove", (event) => {
  if (!split.hasPointerCapture(event.pointerId)) return;
  const { left, right } = inbox.getBoundingClientRect();
  setWidth(isRight() ? right - event.clientX : event.clientX - left);
});
split.addEventListener("lostpointercapture", () => delete split.dataset.dragging);
split.addEventListener("dblclick", () => setWidth(USUAL));

/* Panels */

const isThread = () => inbox.dataset.pane === "thread";

/** Beside the thread where there is room, else above it; there the way back closes it. */
export function toggleDetails() {
  if (isWide.matches) {
    const isOpen = inbox.dataset.details === "closed";
    inbox.dataset.details = isOpen ? "open" : "closed";
    return keep({ details_open: isOpen ? "1" : "0" });
  }
  if (inbox.hasAttribute("data-contact")) return closeDetails();
  history.pushState({ ...history.state, details: true }, "");
  inbox.setAttribute("data-contact", "");
  document.querySelector("#contact .close")?.focus();
}

/** Whether there was something to close. */
export function closeDetails() {
  if (!inbox.hasAttribute("data-contact")) return false;
  if (history.state?.details) history.back();
  else hideDetails();
  return true;
}

export function hideDetails() {
  const held = document.getElementById("contact").contains(document.activeElement);
  inbox.removeAttribute("data-contact");
  if (held) document.querySelector("#thread-head [data-contact-toggle]")?.focus();
}

function toggleList() {
  const isOpen = inbox.dataset.list === "closed";
  inbox.dataset.list = isOpen ? "open" : "closed";
  keep({ list_open: isOpen ? "1" : "0" });
  if (!isOpen && document.querySelector(".list").contains(document.activeElement)) document.querySelector("#thread-head h2")?.focus();
}

define("details-panel", toggleDetails, isThread);
define("list-panel", toggleList, () => isThread() && innerWidth > 760);
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-contact-toggle]")) toggleDetails();
  if (event.target.closest("[data-list-toggle]")) toggleList();
});
