/* Dialogs that send: a location, buttons, a list, a template. What is typed is shown as the
   customer will see it, and counted; a refusal is told where it was typed. */

import { closeDialog } from "./dialogs.js";
import { fragment, newId, post, t } from "./ui.js";
import { inTurn } from "./sending.js";
import { lastSeen } from "./thread.js";
import { Upload } from "./uploads.js";

const dialog = document.getElementById("dialog");
const PLACE = /(-?\d{1,3}\.\d+)[,\s/!]+(?:4d)?(-?\d{1,3}\.\d+)/;

const collect = {
  location: (form) => pick(form, ["latitude", "longitude", "name", "address"]),
  buttons: (form) => ({ ...pick(form, ["header", "footer"]), buttons: titles(form) }),
  list: (form) => ({ ...pick(form, ["header", "footer", "button"]), sections: [{ rows: titles(form) }] }),
};

const pick = (form, names) => Object.fromEntries(names.map((name) => [name, form.elements[name].value.trim()]).filter(([, value]) => value));

function titles(form) {
  const rows = [...form.querySelectorAll("[data-row]")].map((row) => ({
    title: row.querySelector("[data-title]").value.trim(),
    description: row.querySelector("[data-description]")?.value.trim() || undefined,
  }));
  return rows.filter((row) => row.title);
}

/* Preview and counters */

function refresh(form) {
  for (const slot of form.querySelectorAll("[data-shows]")) {
    const field = form.elements[slot.dataset.shows];
    const value = field?.value.trim() ?? "";
    slot.textContent = value || slot.dataset.empty || "";
    slot.toggleAttribute("data-blank", !value);
    slot.hidden = !slot.textContent;
  }
  for (const list of form.querySelectorAll("[data-shows-rows]")) {
    list.replaceChildren(...titles(form).map(({ title, description }) => {
      const item = document.createElement("li");
      item.append(Object.assign(document.createElement("b"), { textContent: title }));
      if (description) item.append(Object.assign(document.createElement("span"), { textContent: description }));
      return item;
    }));
    list.hidden = !list.childElementCount;
  }
}

function count(field) {
  const counter = field.closest(".field")?.querySelector(`[data-count-of="${field.name || "row"}"]`);
  if (counter) counter.textContent = `${field.value.length} / ${field.maxLength}`;
}

/** Coordinates out of whatever a map has in its address bar. */
function readPlace(field) {
  const found = field.value.match(PLACE);
  if (!found) return;
  const form = field.form;
  form.elements.latitude.value = found[1];
  form.elements.longitude.value = found[2];
  field.value = "";
  refresh(form);
}

dialog.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-send]");
  if (!form) return;
  if (event.target.matches("[data-map]")) readPlace(event.target);
  if (event.target.maxLength > 0) count(event.target);
  refresh(form);
});

dialog.addEventListener("click", (event) => {
  if (!event.target.closest("[data-add-row]")) return;
  const next = dialog.querySelector("[data-row][hidden]");
  if (next) [(next.hidden = false), next.querySelector("input").focus()];
  event.target.closest("[data-add-row]").hidden = !dialog.querySelector("[data-row][hidden]");
});

/* A template is chosen: its fields come from the server */

dialog.addEventListener("change", async (event) => {
  if (event.target.matches("[data-choose]")) {
    const url = new URL(event.target.form.action);
    url.searchParams.set("template", event.target.value);
    const html = await fragment(url, "dialog").catch(() => null);
    const parts = new DOMParser().parseFromString(html ?? "", "text/html");
    const chosen = parts.getElementById("chosen");
    if (chosen && event.target.checked) document.getElementById("chosen").replaceWith(document.adoptNode(chosen));
    dialog.querySelector("form[data-send]")?.scrollIntoView({ block: "nearest" });
  }
  if (event.target.matches("[data-upload]")) upload(event.target);
});

function upload(field) {
  const form = field.form;
  const file = field.files[0];
  form.upload?.drop();
  form.upload = null;
  if (!file) return;
  const sent = (form.upload = new Upload(file, file.type.split("/")[0], field.dataset.upload));
  const [bar, problem] = [form.querySelector("progress"), form.querySelector("[data-problem]")];
  sent.addEventListener("change", () => {
    bar.hidden = sent.isDone || Boolean(sent.problem);
    bar.value = sent.progress;
    problem.textContent = sent.problem;
    const slot = form.querySelector("[data-file-shown]");
    slot.classList.toggle("has-picture", Boolean(sent.thumb));
    slot.querySelector("span").textContent = sent.name;
    slot.querySelector("img").hidden = !sent.thumb;
    if (sent.thumb) slot.querySelector("img").src = sent.thumb;
  });
  sent.start().catch(() => {});
}

/* Sending */

function complain(form, words) {
  const notice = form.querySelector("[data-refused]");
  notice.querySelector("span").textContent = words;
  notice.hidden = false;
  notice.scrollIntoView({ block: "nearest" });
}

async function attempt(form) {
  if (form.upload) form.elements.attachment.value = await form.upload.start();
  if (form.dataset.send !== "template") form.elements.data.value = JSON.stringify(collect[form.dataset.send](form));
  const fields = new FormData(form);
  fields.set("seen", (form.seen ??= lastSeen()));
  return post(form.action, fields);
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("form[data-send]")) return;
  event.preventDefault();
  const button = form.querySelector("button.primary");
  if (button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  form.querySelector("[data-refused]").hidden = true;
  form.elements.client_id.value ||= newId();
  const result = await inTurn(Number(form.dataset.number), () => attempt(form).catch((failure) => ({ ok: false, ...failure })));
  button.removeAttribute("aria-busy");
  if (!result.ok) {
    form.elements.client_id.value = result.status >= 400 && result.status < 500 ? "" : form.elements.client_id.value;
    form.seen = Math.max(form.seen ?? 0, result.data.seen ?? 0) || undefined;
    form.elements[`value:${result.data.key}`]?.focus();
    return complain(form, result.data.message ?? t(result.status === 0 ? "offline" : "failed"));
  }
  form.upload = null;
  if (dialog.contains(form)) closeDialog();
  document.dispatchEvent(new CustomEvent("answer", { detail: result.data }));
});

dialog.addEventListener("close", () => dialog.querySelector("form[data-send]")?.upload?.drop(), { capture: true });
/** Show what the dialog's form says, and count what it has. */
export function draw() {
  for (const form of dialog.querySelectorAll("form[data-send]")) {
    refresh(form);
    form.querySelectorAll("[maxlength]").forEach(count);
  }
}
