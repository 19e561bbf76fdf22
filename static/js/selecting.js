/* Selected conversations: by checkbox, X, Shift with J, K or a click. How each stood when it was
   chosen is kept. What is done with them is fetched when it is needed. */

import { define } from "./commands.js";
import { onRow } from "./marks.js";
import { loadRows, rows } from "./rows.js";
import * as thread from "./thread.js";
import { t } from "./ui.js";

const inbox = document.getElementById("inbox");
const bar = document.getElementById("bulk");
const scroller = document.getElementById("rows-scroll");
const chosen = new Map();
let anchor = 0;
let bulk = null;

const standing = ({ number, status, assignee }) => `${number}:${status}:${assignee}`;
const numberOf = (row) => Number(row.dataset.number);

function draw() {
  // The bar pushes the rows down: they stay under the finger.
  const before = scroller.getBoundingClientRect().top;
  bar.hidden = !chosen.size;
  scroller.scrollTop += scroller.getBoundingClientRect().top - before;
  inbox.toggleAttribute("data-selecting", chosen.size > 0);
  document.getElementById("bulk-count").textContent = chosen.size ? t("selected", { n: chosen.size }) : "";
  if (chosen.size) bulk ??= import("./bulk.js").then((module) => module.start({ chosen, clear, draw, mark, reload: loadRows }));
}

function mark(row, isChosen) {
  if (isChosen) chosen.set(numberOf(row), standing(row.dataset));
  else chosen.delete(numberOf(row));
  row.querySelector(".row-pick").checked = isChosen;
  row.toggleAttribute("data-chosen", isChosen);
}

function clear() {
  chosen.clear();
  for (const row of rows().children) mark(row, false);
  draw();
}

/** From the last one that was chosen to this one. */
function extendTo(row) {
  const all = [...rows().children];
  const [from, to] = [all.findIndex((other) => numberOf(other) === anchor), all.indexOf(row)];
  if (from < 0) return toggle(row);
  for (const one of all.slice(Math.min(from, to), Math.max(from, to) + 1)) mark(one, true);
  draw();
}

function toggle(row) {
  anchor = numberOf(row);
  mark(row, !chosen.has(anchor));
  draw();
}

onRow((row) => {
  if (!row.querySelector(".row-pick")) {
    const box = Object.assign(document.createElement("input"), { type: "checkbox", className: "row-pick" });
    box.setAttribute("aria-label", t("select", { name: row.querySelector(".row-link").textContent }));
    const area = Object.assign(document.createElement("label"), { className: "row-choose" });
    area.append(box);
    row.prepend(area);
  }
  row.querySelector(".row-pick").checked = chosen.has(numberOf(row));
  row.toggleAttribute("data-chosen", chosen.has(numberOf(row)));
});

scroller.addEventListener("click", (event) => {
  const row = event.target.closest(".row");
  const isBox = event.target.matches(".row-pick");
  if (!row || !(isBox || (event.shiftKey && event.target.closest(".row-link")))) return;
  if (!isBox) event.preventDefault();
  if (event.shiftKey) extendTo(row);
  else toggle(row);
});

/** The focused row, else the open one. */
const here = () => document.activeElement.closest?.(".row") ?? [...rows().children].find((row) => numberOf(row) === thread.openNumber());

function step(by) {
  const from = here();
  if (from && !chosen.has(numberOf(from))) toggle(from);
  const next = from ? (by > 0 ? from.nextElementSibling : from.previousElementSibling) : rows().firstElementChild;
  if (!next) return;
  next.querySelector(".row-link").focus();
  anchor ||= numberOf(next);
  mark(next, true);
  draw();
}

define("select", () => toggle(here()), () => Boolean(here()));
define("select-next", () => step(1));
define("select-previous", () => step(-1));

document.getElementById("bulk-none").addEventListener("click", clear);

if (document.getElementById("batches").textContent !== "[]") import("./jobs.js").then((module) => module.resume(loadRows));
