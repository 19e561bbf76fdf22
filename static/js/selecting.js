/* Selected conversations: by checkbox, X, Shift with J, K or a click, or all of the view; and what
   is done with all of them. How each stood when it was chosen goes along. */

import { define } from "./commands.js";
import { closeDialog, openDialog } from "./dialogs.js";
import { follow } from "./jobs.js";
import { onRow } from "./marks.js";
import { loadRows, rows } from "./rows.js";
import * as thread from "./thread.js";
import { newId, post, t, tell, toast } from "./ui.js";

const inbox = document.getElementById("inbox");
const bar = document.getElementById("bulk");
const base = document.getElementById("search").getAttribute("action");
const chosen = new Map();
let anchor = 0;

const standing = ({ number, status, assignee }) => `${number}:${status}:${assignee}`;
const numberOf = (row) => Number(row.dataset.number);

function draw() {
  bar.hidden = !chosen.size;
  inbox.toggleAttribute("data-selecting", chosen.size > 0);
  document.getElementById("bulk-count").textContent = chosen.size ? t("selected", { n: chosen.size }) : "";
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
    row.prepend(box);
  }
  row.querySelector(".row-pick").checked = chosen.has(numberOf(row));
  row.toggleAttribute("data-chosen", chosen.has(numberOf(row)));
});

document.getElementById("rows-scroll").addEventListener("click", (event) => {
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
document.getElementById("bulk-all").addEventListener("click", async ({ target }) => {
  target.setAttribute("aria-busy", "true");
  const answer = await fetch(`${base}selection/${location.search}`, { headers: { Accept: "application/json" } }).catch(() => null);
  target.removeAttribute("aria-busy");
  if (!answer?.ok || answer.redirected) return tell({ status: answer?.redirected ? 401 : answer?.status ?? 0, data: {} });
  const { items, most } = await answer.json();
  for (const item of items) chosen.set(Number(item.split(":")[0]), item);
  for (const row of rows().children) if (chosen.has(numberOf(row))) mark(row, true);
  draw();
  if (items.length >= most) toast(t("selected_most", { n: most }));
});

bar.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (button?.dataset.ask) openDialog(button.dataset.ask, button);
  if (button?.dataset.do) run(button.dataset.do, new FormData(), button);
});

document.addEventListener("change", ({ target }) => {
  if (!target.checked) return;
  if (target.matches("[data-only]")) for (const other of target.closest(".pick").querySelectorAll("input")) other.checked = other === target;
  const form = target.closest("[data-bulk=transfer]");
  if (form) for (const other of form.querySelectorAll(target.name === "department" ? "[name=members]" : "[name=department]")) other.checked = false;
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-bulk]")) return;
  event.preventDefault();
  run(form.dataset.bulk, new FormData(form), form.querySelector(".primary"));
});

async function run(operation, fields, button) {
  if (button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  fields.set("operation", operation);
  fields.set("items", [...chosen.values()].join(","));
  const result = await post(`${base}bulk/`, fields, { headers: { "Idempotency-Key": newId() } });
  button.removeAttribute("aria-busy");
  if (!result.ok) return tell(result);
  if (button.closest("dialog")) closeDialog();
  clear();
  follow(result.data, { isNew: true });
  loadRows();
}
