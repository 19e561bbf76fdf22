/* Filter and saved views: the address holds them, so that every list can be linked to. */

import { define } from "./commands.js";
import { openDialog, closeDialog } from "./dialogs.js";
import { asked, goToView, setView } from "./rows.js";
import { t, toast } from "./ui.js";

const inbox = document.getElementById("inbox");
const search = document.getElementById("search");
const saved = document.getElementById("saved");

/** Go to the list of an address. */
export function go(href) {
  const { view, q, filter } = asked(new URL(href, location).search);
  search.elements.q.value = q;
  return goToView(view, q, filter);
}

/** A tab is a state of its own: one that is filtered for would contradict it. */
export function withoutStatus(filter) {
  const query = new URLSearchParams(filter);
  query.delete("status");
  return query.toString();
}

const inOrder = (query) => [...new URLSearchParams(query)].map(String).sort().join("&");
const here = () => inOrder(`${new URLSearchParams({ view: inbox.dataset.view, ...(inbox.dataset.q && { q: inbox.dataset.q }) })}&${inbox.dataset.filter}`);

/** Which saved view this is, if any, and whether there is a filter at all. */
function mark() {
  document.getElementById("filter-open").toggleAttribute("aria-current", Boolean(inbox.dataset.filter));
  for (const link of saved.children) {
    if (inOrder(link.dataset.saved) === here()) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}
document.addEventListener("view", mark);

const withQuery = (link) => `${link.getAttribute("href")}?${new URLSearchParams({ view: inbox.dataset.view, q: inbox.dataset.q })}&${inbox.dataset.filter}`;

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const link = event.target.closest("[data-filter-open], [data-view-save], [data-go], [data-saved]");
  if (!link) return;
  event.preventDefault();
  if (link.matches("[data-filter-open], [data-view-save]")) return openDialog(withQuery(link), link);
  const isAgain = link.getAttribute("aria-current") && link.dataset.edit;
  if (isAgain) return openDialog(link.dataset.edit, link);
  const hadFocus = document.getElementById("rows-scroll").contains(link);
  go(link.href).then(() => hadFocus && document.querySelector(".filter-chip, #filter-open").focus({ preventScroll: true }));
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-filter-form]")) return;
  event.preventDefault();
  const given = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  const [since, until] = [given.get("since"), given.get("until")];
  if (since && until && since > until) return toast(t("interval"), { error: true });
  closeDialog();
  go(`?${given}`);
});

define("filter", () => document.getElementById("filter-open").click());

/* Their sizes wait until the page stands: whoever has no saved views never fetches the script. */
if (saved.childElementCount) {
  const measure = () => import("./sizes.js").then((module) => module.measure());
  document.addEventListener("counted", measure);
  setTimeout(measure, 700);
}

setView(asked());
