/* The session has ended while somebody worked: he signs in over the page, and what he did goes
   on. Nothing of the page is lost, and nobody else can take it over: it stays one member's. */

import { onSignedOut, post, t } from "./ui.js";

const dialog = document.getElementById("signin");
const form = dialog.querySelector("form");
const problem = form.querySelector("[data-problem]");
const second = form.querySelector("[data-second]");
const base = document.getElementById("search").getAttribute("action");
let waiting = null;

/** Ask once for all who wait; whether the member is signed in again. */
onSignedOut(() => (waiting ??= ask().finally(() => (waiting = null))));

async function ask() {
  form.reset();
  say("");
  form.dataset.step = "password";
  dialog.showModal();
  await new Promise((resolve) => dialog.addEventListener("close", resolve, { once: true }));
  return dialog.returnValue === "in";
}

const say = (text) => [(problem.hidden = !text), (problem.querySelector("span").textContent = text)];

/** Signed in, and as the one whose page this is: another one does not see the same. */
async function isIn() {
  const answer = await fetch(`${base}own/`, { headers: { Accept: "application/json" } }).catch(() => null);
  return Boolean(answer?.ok && !answer.redirected && (await answer.json()).member === Number(document.body.dataset.member));
}

async function attempt() {
  if (form.dataset.step === "password") {
    const { ok, status, data } = await post(form.action, new FormData(form), { quiet: true });
    const told = [...(data.form?.errors ?? []), ...Object.values(data.form?.fields ?? {}).flatMap((field) => field.errors)];
    if (!ok) return say(told[0] ?? t(status === 0 ? "offline" : "failed"));
    if (data.location) second.href = data.location;
  }
  if (await isIn()) {
    dialog.returnValue = "in";
    dialog.close("in");
    document.dispatchEvent(new Event("signed-in"));
  } else if (form.dataset.step === "password") {
    form.dataset.step = "second";
    second.focus();
  } else say(t("not_in_yet"));
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = form.querySelector("button.primary");
  if (button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  await attempt();
  button.removeAttribute("aria-busy");
});
form.querySelector("[data-cancel]").addEventListener("click", () => dialog.close(""));
dialog.addEventListener("cancel", () => (dialog.returnValue = ""));
