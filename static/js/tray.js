/* The files above the text: chosen, pasted or dropped, one tray per conversation. */

import { bytes, t, toast } from "./ui.js";
import { Upload, judge } from "./uploads.js";

const list = document.getElementById("tray");
const template = document.getElementById("chip-template");
const trays = new Map();
let number = 0;

export const files = () => trays.get(number) ?? [];
/** Whether nothing lies there that was put in here, and would be missed. */
export const isEmpty = () => [...trays.values()].every((tray) => tray.every((upload) => upload.isKept));
export const uuidsIn = (where) => (trays.get(where) ?? []).map((upload) => upload.uuid).filter(Boolean);

/** Fill a tray with what the server has kept. */
export function restore(where, kept, url) {
  trays.set(where, kept.map((file) => Upload.kept(file, url)));
  if (where === number) show(number, !list.closest("[data-mode=note]"));
}

/** Show the tray of a conversation; it is hidden where nothing can be attached. */
export function show(next, isShown) {
  number = next;
  list.replaceChildren(...files().map(chip));
  list.hidden = !isShown || !files().length;
}

/** Take what fits and say of the rest why it does not. */
export function add(chosen, state) {
  if (!state?.files.length) return;
  for (const file of chosen) {
    const { kind, problem } = judge(file, state.files);
    if (problem) toast(problem, { error: true });
    else put(new Upload(file, kind, state.upload_url), state.number);
  }
}

/** Put an upload (back) into a conversation's tray. */
export function put(upload, where) {
  trays.set(where, [...(trays.get(where) ?? []), upload]);
  const tell = () => list.dispatchEvent(new Event("change"));
  upload.start().then(tell, () => {});
  if (where === number) show(number, true);
  tell();
}

/** Everything that lies there; the tray is empty after it. */
export function take() {
  const taken = files();
  trays.delete(number);
  show(number, false);
  return taken;
}

function chip(upload) {
  const node = template.content.firstElementChild.cloneNode(true);
  const [name, facts] = [node.querySelector("b"), node.querySelector("small")];
  const bar = node.querySelector("progress");
  const draw = () => {
    name.textContent = name.title = upload.name || t("picture");
    facts.textContent = upload.problem || bytes(upload.size);
    node.classList.toggle("is-wrong", Boolean(upload.problem));
    node.querySelector("[data-again]").hidden = !upload.problem;
    bar.hidden = upload.isDone || Boolean(upload.problem);
    bar.value = upload.progress;
    node.querySelector("img").hidden = !upload.thumb;
    if (upload.thumb) node.querySelector("img").src = upload.thumb;
  };
  upload.addEventListener("change", draw);
  node.querySelector("[data-remove]").setAttribute("aria-label", t("file_remove", { name: upload.name }));
  node.querySelector("[data-remove]").addEventListener("click", () => remove(upload));
  node.querySelector("[data-again]").addEventListener("click", () => upload.start().catch(() => {}));
  draw();
  return node;
}

function remove(upload) {
  upload.drop();
  trays.set(number, files().filter((other) => other !== upload));
  show(number, true);
  list.dispatchEvent(new Event("change"));
}
