/* The customer's details, edited in place: a press or Enter opens a field, Enter or leaving it
   saves, Esc leaves all as it was. What is shown is the new text at once; a refusal opens the
   field again with what was typed and says why. */

import { isComposing } from "./keys.js";
import { post, t, tell } from "./ui.js";

const panel = document.getElementById("contact");
const template = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);

/** Whether somebody writes here: then the panel is not to be painted anew. */
export const isEditing = () => Boolean(panel.querySelector(".editor, .editable[aria-busy=true]"));
export const contactId = () => Number(panel.querySelector("[data-contact-id]")?.dataset.contactId ?? 0);

const addresses = () => panel.querySelector("[data-contact-id]").dataset;

function fail(editor, text) {
  const error = editor.querySelector(".error");
  error.hidden = false;
  error.querySelector("span").textContent = text;
  editor.querySelector(".hint")?.setAttribute("hidden", "");
}

const reason = ({ status, data }) => data.message ?? t(status === 0 ? "offline" : status === 401 ? "signed_out" : "failed");

/* One field */

function edit(button, typed = button.dataset.was, error = "") {
  const editor = template("editor-template");
  const isLong = button.classList.contains("is-long");
  const field = editor.querySelector(isLong ? "textarea" : "input");
  editor.querySelector(isLong ? "input" : "textarea").remove();
  if (!isLong) field.type = button.dataset.type || "text";
  field.value = typed;
  field.maxLength = Number(button.dataset.most);
  field.setAttribute("aria-label", button.dataset.label);
  let isOver = false;
  const finish = (wish) => {
    if (isOver) return;
    isOver = true;
    const held = editor.contains(document.activeElement);
    editor.replaceWith(button);
    if (held) button.focus({ preventScroll: true });
    if (wish !== null && wish !== button.dataset.was) save(button, wish);
  };
  editor.addEventListener("submit", (event) => [event.preventDefault(), finish(field.value.trim())]);
  field.addEventListener("keydown", (event) => {
    if (isComposing(event)) return;
    if (event.key === "Escape") [event.preventDefault(), event.stopPropagation(), finish(null)];
    if (event.key === "Enter" && !event.shiftKey) [event.preventDefault(), finish(field.value.trim())];
  });
  field.addEventListener("blur", () => finish(field.value.trim()));
  button.replaceWith(editor);
  if (error) fail(editor, error);
  field.focus();
  if (!error) field.select?.();
}

async function save(button, wish) {
  const { was, edit: field } = button.dataset;
  const before = button.textContent;
  button.textContent = wish || before;
  button.setAttribute("aria-busy", "true");
  const result = await post(addresses().url, { field, value: wish, was });
  button.removeAttribute("aria-busy");
  if (!button.isConnected) return result.ok || tell(result);
  if (!result.ok) {
    button.textContent = before;
    if (result.data.current !== undefined) button.dataset.was = result.data.current;
    return edit(button, wish, reason(result));
  }
  button.dataset.was = result.data.value;
  button.textContent = result.data.shown || button.textContent;
  document.dispatchEvent(new CustomEvent("answer", { detail: result.data }));
  document.dispatchEvent(new Event("details"));
}

/* A row of additional information */

function editPair(button) {
  const { detail, was } = button.dataset;
  const editor = template("pair-template");
  const { label, value } = editor.elements;
  [label.value, value.value] = [detail, detail ? was : ""];
  editor.querySelector("[data-remove]").hidden = !detail;
  const leave = () => [editor.replaceWith(button), button.focus({ preventScroll: true })];
  const send = async (fields) => {
    editor.setAttribute("aria-busy", "true");
    const result = await post(addresses().detailUrl, { ...fields, ...(detail && { was_label: detail, was_value: button.dataset.was }) });
    editor.removeAttribute("aria-busy");
    if (!result.ok) {
      if (result.data.current !== undefined) button.dataset.was = result.data.current;
      return fail(editor, reason(result));
    }
    leave();
    document.dispatchEvent(new CustomEvent("answer", { detail: result.data }));
    document.dispatchEvent(new Event("details"));
  };
  editor.addEventListener("submit", (event) => {
    event.preventDefault();
    if (editor.getAttribute("aria-busy") !== "true") send({ label: label.value.trim(), value: value.value.trim() });
  });
  editor.addEventListener("keydown", (event) => event.key === "Escape" && !isComposing(event) && [event.preventDefault(), event.stopPropagation(), leave()]);
  editor.addEventListener("click", (event) => {
    if (event.target.closest("[data-cancel]")) leave();
    if (event.target.closest("[data-remove]")) send({ label: "", value: "" });
  });
  button.replaceWith(editor);
  (detail ? value : label).focus();
}

panel.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.matches("[data-edit]:not([aria-busy=true])")) edit(button);
  else if (button?.matches("[data-detail]")) editPair(button);
});
