/* What is done with all selected conversations at once, and selecting everything in a view. */

import { closeDialog, openDialog } from "./dialogs.js";
import { follow } from "./jobs.js";
import { post, t, tell, toast } from "./ui.js";

const bar = document.getElementById("bulk");
const base = document.getElementById("search").getAttribute("action");
let selection = null;

/** Begin, with the selection: what is `chosen` by number, and how to `mark`, `draw` and `clear`. */
export const start = (given) => (selection = given);

async function run(operation, fields, button) {
  if (button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  fields.set("operation", operation);
  fields.set("items", [...selection.chosen.values()].join(","));
  const result = await post(`${base}bulk/`, fields);
  button.removeAttribute("aria-busy");
  if (!result.ok) return tell(result);
  if (button.closest("dialog")) closeDialog();
  selection.clear();
  follow(result.data, selection.reload, { isNew: true });
  selection.reload();
}

document.getElementById("bulk-all").addEventListener("click", async ({ target }) => {
  target.setAttribute("aria-busy", "true");
  const answer = await fetch(`${base}selection/${location.search}`, { headers: { Accept: "application/json" } }).catch(() => null);
  target.removeAttribute("aria-busy");
  if (!answer?.ok || answer.redirected) return tell({ status: answer?.redirected ? 401 : answer?.status ?? 0, data: {} });
  const { items, most } = await answer.json();
  for (const item of items) selection.chosen.set(Number(item.split(":")[0]), item);
  for (const row of document.querySelectorAll("#rows > .row")) if (selection.chosen.has(Number(row.dataset.number))) selection.mark(row, true);
  selection.draw();
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
  run(form.dataset.bulk, new FormData(form, event.submitter), event.submitter ?? form.querySelector(".primary"));
});
