/* Quick replies by `/` and emoji by `:`, at the caret of the composer. */

import { suggest } from "./suggest.js";
import * as composer from "./composer.js";
import * as thread from "./thread.js";
import { post, t, toast } from "./ui.js";

const form = document.getElementById("composer");
const area = form.querySelector("textarea");
const base = document.getElementById("search").getAttribute("action");

async function found(path, query, signal) {
  const answer = await fetch(`${base}${path}/?${new URLSearchParams({ q: query })}`, { headers: { Accept: "application/json" }, signal });
  return answer.ok && !answer.redirected ? (await answer.json()).found : [];
}

/** Put the text of a quick reply where the slash was, and its file into the tray. */
async function use(item, replace) {
  const number = thread.openNumber();
  const { mode } = form.dataset;
  const result = await post(`${base}${number}/quick-replies/${item.id}/use/`, { mode });
  if (!result.ok) return toast(result.data?.message ?? t("failed"), { error: true });
  if (number !== thread.openNumber() || mode !== form.dataset.mode) return;
  replace(result.data.text);
  if (result.data.file) composer.attach(result.data.file);
  if (result.data.problem) toast(result.data.problem, { error: true });
}

suggest(area, {
  trigger: "/",
  label: t("quick_replies"),
  source: async (query, signal) => (await found("quick-replies", query, signal)).map((one) => ({ ...one, detail: `${one.detail} · ${one.text.replace(/\s+/g, " ")}` })),
  choose: use,
});

suggest(area, {
  trigger: ":",
  label: t("emoji"),
  least: 2,
  source: async (query, signal) => (await found("emoji", query, signal)).map((one) => ({ ...one, insert: one.mark })),
});

/** Open the list as if its sign had been typed: for the button and for whoever knows no keys. */
function begin(sign) {
  area.focus();
  const before = area.value.slice(0, area.selectionStart);
  const text = before && !/\s$/.test(before) ? ` ${sign}` : sign;
  if (!document.execCommand("insertText", false, text)) area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
}

document.getElementById("quick").addEventListener("click", () => begin("/"));
document.querySelector("[data-extra=quick]").addEventListener("click", (event) => {
  event.target.closest("[popover]").hidePopover();
  begin("/");
});
