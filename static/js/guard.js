/* Somebody has answered the customer in the meantime: what he said, and what is to become of
   one's own words. */

import { clock, t } from "./ui.js";

const dialog = document.getElementById("guard");
const said = dialog.querySelector("ol");
const template = document.getElementById("guard-template");
let queue = Promise.resolve();
let choice = "edit";

/** Ask about a job: "send" (all the same), "edit" or "discard". One question at a time. */
export function ask(job, since, message) {
  const answer = queue.then(() => show(job, since, message));
  queue = answer.catch(() => {});
  return answer;
}

function show(job, since, message) {
  const row = document.querySelector(`#rows [data-number="${job.number}"] .row-link`);
  dialog.querySelector("h2").textContent = message;
  dialog.querySelector("[data-about]").textContent = [row?.textContent, `#${job.number}`].filter(Boolean).join(" · ");
  said.replaceChildren(...since.map(line));
  dialog.querySelector("[data-mine]").textContent = job.text || job.upload?.name || "";
  choice = "edit"; // whatever closes the dialog: only a button throws words away
  dialog.showModal();
  said.scrollTop = said.scrollHeight;
  return new Promise((resolve) => dialog.addEventListener("close", () => resolve(choice), { once: true }));
}

function line({ kind, by, text, at }) {
  const node = template.content.firstElementChild.cloneNode(true);
  node.className = kind === "fact" ? "fact" : "msg out";
  node.querySelector(".say").textContent = text || t("attachment");
  node.querySelector("small").textContent = [by, clock(new Date(at))].filter(Boolean).join(" · ");
  return node;
}

dialog.addEventListener("click", (event) => {
  const button = event.target.closest("[data-answer]");
  if (button) [(choice = button.dataset.answer), dialog.close()];
});
