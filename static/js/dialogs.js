/* Dialogs: one element, filled with a fragment that also works as a page of its own, or with
   the question whether something that hurts is really meant. */

import { fragment, tell } from "./ui.js";

const dialog = document.getElementById("dialog");
const question = document.getElementById("confirm-template");
let opener = null;

/** A dialog that is open already only changes what it shows. */
function show(from, size = "") {
  dialog.className = size;
  if (dialog.open) return dialog.querySelector("[aria-current]")?.focus();
  opener = from;
  dialog.showModal();
}

export async function openDialog(url, from = document.activeElement, size = from?.dataset?.dialog) {
  try {
    dialog.innerHTML = await fragment(url, "dialog");
  } catch (error) {
    return tell({ status: error.status ?? 0, data: {} });
  }
  show(from, size);
  dialog.dispatchEvent(new CustomEvent("filled"));
}

export const closeDialog = () => dialog.close();

/* The focus goes back to what opened it, or to what stands in its place now. */
dialog.addEventListener("close", () => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const heirs = [opener, ...all(`[data-key="${opener?.dataset.key}"]`), ...all("#thread-head h2")];
  heirs.find((node) => node?.isConnected && node.offsetParent)?.focus({ preventScroll: true });
  dialog.replaceChildren();
  opener = null;
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-dialog]");
  if (link && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    openDialog(link.href, link.offsetParent ? link : document.activeElement, link.dataset.dialog);
  }
  if (event.target === dialog || (dialog.open && event.target.closest("[data-close]"))) {
    event.preventDefault();
    dialog.close();
  }
});

dialog.addEventListener("input", (event) => {
  if (!event.target.matches("[data-filter]")) return;
  const wanted = event.target.value.trim().toLocaleLowerCase();
  for (const pick of dialog.querySelectorAll(".pick")) pick.hidden = !pick.querySelector("span").textContent.toLocaleLowerCase().includes(wanted);
  const nothing = dialog.querySelector("[data-none]");
  if (nothing) nothing.hidden = Boolean(dialog.querySelector(".pick:not([hidden])"));
});

/* Enter takes the first of what is left, and posts nothing yet. */
dialog.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || !event.target.matches("[data-filter]")) return;
  event.preventDefault();
  const first = dialog.querySelector(".pick:not([hidden]) input:enabled");
  if (first) [first.focus(), first.click()];
});

/* Forms with `data-confirm` ask first, in words that name the thing; without scripts they just post. */

function ask(form, button) {
  const sheet = question.content.firstElementChild.cloneNode(true);
  sheet.querySelector("h2").textContent = form.dataset.confirm;
  sheet.querySelector("p").textContent = form.dataset.confirmText;
  const yes = sheet.querySelector(".primary");
  yes.textContent = button.textContent.trim();
  yes.addEventListener("click", () => {
    yes.setAttribute("aria-busy", "true");
    form.submit();
  });
  dialog.replaceChildren(sheet);
  show(button);
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-confirm]")) return;
  event.preventDefault();
  ask(event.target, event.submitter ?? event.target.querySelector("button"));
});
