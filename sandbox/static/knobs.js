// The panel of troubles: one row for each knob, sent as soon as it is turned.
import { make } from "./dom.js";
import { ask } from "./wire.js";
import { say } from "./words.js";

const CODES = [131000, 2, 190, 100, 131026, 131031, 131042, 131047, 131049, 131050, 131053, 130429, 131056, 131057, 4, 80007];
const GROUPS = {
  errors: ["offline", "token_revoked", "fail_next", "fail_code", "fail_late", "garbage_next", "silent_next"],
  limits: ["delay_ms", "per_second", "per_pair"],
  files: ["media_gone", "media_fail_next", "media_cut_next", "media_url_seconds"],
  people: ["window_open", "template_held", "bsuid_refused"],
  delivery: ["statuses", "twice", "shuffled"],
};
const CALM = {
  fail_next: 0, fail_code: 131000, fail_late: false, garbage_next: 0, silent_next: 0, offline: false, token_revoked: false,
  delay_ms: 0, per_second: 0, per_pair: 0, twice: false, shuffled: false, statuses: true, media_gone: false,
  media_fail_next: 0, media_cut_next: 0, media_url_seconds: 300, window_open: false, template_held: false, bsuid_refused: "authentication",
};

const form = document.querySelector("#knob-form");
document.querySelector("#reset").addEventListener("click", () => ask("/api/knobs", CALM));
form.addEventListener("submit", (event) => event.preventDefault());

/** Draws the knobs, unless one of them is being typed into. */
export function drawKnobs(knobs) {
  const at = document.activeElement;
  if (form.contains(at) && ["number", "text"].includes(at.type)) return;
  const focused = form.contains(at) ? at.name : "";
  form.replaceChildren(...Object.entries(GROUPS).map(([group, names]) =>
    make("fieldset", {}, make("legend", { text: say(group) }), ...names.map((name) => row(name, knobs[name])))));
  if (focused) form.elements[focused]?.focus();
}

/** How many knobs are not as they should be. */
export const turned = (knobs) =>
  Object.keys(CALM).filter((name) => name !== "fail_code" && knobs[name] !== CALM[name]).length;

function row(name, value) {
  const turn = (to) => ask("/api/knobs", { [name]: to });
  const on = value !== CALM[name] && name !== "fail_code";
  return make(`label.knob${on ? ".is-on" : ""}`, {}, make("span", { text: say(name) }), control(name, value, turn));
}

function control(name, value, turn) {
  if (name === "fail_code") {
    const select = make("select", { name, onchange: (event) => turn(Number(event.target.value)) });
    for (const code of CODES)
      select.append(make("option", { value: code, text: `${code} · ${say(`code_${code}`)}`, selected: code === value }));
    return select;
  }
  if (typeof value === "boolean")
    return make("input.switch", { name, type: "checkbox", role: "switch", checked: value, onchange: (event) => turn(event.target.checked) });
  if (typeof value === "string")
    return make("input", { name, type: "text", value, spellcheck: "false", autocomplete: "off", onchange: (event) => turn(event.target.value) });
  return make("input", {
    name, type: "number", min: 0, max: 100000, value,
    onchange: (event) => turn(Math.max(0, Math.round(Number(event.target.value)) || 0)),
  });
}
