/* Work on many conversations: its progress in a tray that is there again on the next page, and
   how it went, row by row. */

import { openDialog } from "./dialogs.js";
import { post, t } from "./ui.js";
import { offer } from "./undoing.js";

const tray = document.getElementById("jobs");
const template = document.getElementById("job-template");
const SECOND = 1000;
const RARELY = 60 * SECOND;

const result = (job) => openDialog(job.url, document.activeElement);
const dismiss = (job) => post(`${job.url}dismiss/`);

/** Show a job until it is over, then how it went. What was done at once needs no tray. */
export function follow(job, reload, { isNew = false } = {}) {
  if (job.state !== "waiting" && isNew) return finish(job, reload);
  const node = template.content.firstElementChild.cloneNode(true);
  tray.append(node);
  node.querySelector("[data-cancel]").addEventListener("click", async () => show(node, (await post(`${job.url}cancel/`)).data));
  node.querySelector("[data-result]").addEventListener("click", () => [result(job), node.remove(), dismiss(job)]);
  node.querySelector("[data-drop]").addEventListener("click", () => [node.remove(), dismiss(job)]);
  show(node, job);
  if (job.state === "waiting") watch(node, job, reload);
}

function show(node, job) {
  if (!job.uuid) return;
  const isOver = job.state !== "waiting";
  node.querySelector("p").textContent = job.text;
  node.querySelector("progress").value = (job.done + job.refused) / job.total;
  node.querySelector("progress").hidden = isOver;
  node.querySelector("[data-cancel]").hidden = isOver;
  node.querySelector("[data-result]").hidden = !isOver || !job.refused;
  node.querySelector("[data-drop]").hidden = !isOver;
}

/** Ask every second; where no answer comes (offline, signed out), less and less often. */
async function watch(node, job, reload) {
  let pause = SECOND;
  while (node.isConnected && job.state === "waiting") {
    await new Promise((resolve) => setTimeout(resolve, pause));
    const answer = await fetch(job.url, { headers: { Accept: "application/json" } }).catch(() => null);
    if (answer?.redirected || answer?.status === 404) return node.remove();
    pause = answer?.ok ? SECOND : Math.min(2 * pause, RARELY);
    if (answer?.ok) show(node, (job = await answer.json()));
  }
  reload();
}

function finish(job, reload) {
  offer(job.text, job.undo ? `${job.url}undo/` : "", reload);
  dismiss(job);
  if (job.refused) result(job);
}

/** What runs, or was not looked at, from before this page. */
export const resume = (reload) => JSON.parse(document.getElementById("batches").textContent).forEach((job) => follow(job, reload));
