// The panel of troubles: one row for each knob, sent as soon as it is turned.
import { ask, make, say } from "./words.js";

const CODES = [131000, 2, 190, 131026, 131047, 131049, 130429, 131056, 131057, 131031, 100];
const GROUPS = {
  errors: ["offline", "fail_next", "fail_code", "fail_late", "garbage_next", "silent_next"],
  limits: ["delay_ms", "per_second", "per_pair"],
  delivery: ["statuses", "twice", "shuffled"],
};
const CALM = {
  fail_next: 0, fail_code: 131000, fail_late: false, garbage_next: 0, silent_next: 0, offline: false,
  delay_ms: 0, per_second: 0, per_pair: 0, twice: false, shuffled: false, statuses: true,
};

const form = document.querySelector("#knob-form");
document.querySelector("#reset").addEventListener("click", () => ask("/api/knobs", CALM));
form.addEventListener("submit", (event) => event.preventDefault());
for (const opener of document.querySelectorAll("[data-open-knobs]"))
  opener.addEventListener("click", () => document.body.classList.add("has-knobs"));
document.querySelector("#close-knobs").addEventListener("click", close);
document.addEventListener("keydown", (event) => event.key === "Escape" && close());
document.body.addEventListener("click", (event) => event.target === document.body && close());

function close() {
  document.body.classList.remove("has-knobs");
}

/** Draws the knobs, unless one of them is being typed into. */
export function drawKnobs(knobs) {
  if (form.contains(document.activeElement) && document.activeElement.type === "number") return;
  form.replaceChildren(...Object.entries(GROUPS).map(([group, names]) =>
    make("fieldset", {}, make("legend", { text: say(group) }), ...names.map((name) => row(name, knobs[name])))));
}

function row(name, value) {
  const turn = (to) => ask("/api/knobs", { [name]: to });
  const on = value !== CALM[name] && name !== "fail_code";
  return make(`label.knob${on ? ".is-on" : ""}`, {}, make("span", { text: say(name) }), control(name, value, turn));
}

function control(name, value, turn) {
  if (name === "fail_code") {
    const select = make("select", { onchange: (event) => turn(Number(event.target.value)) });
    for (const code of CODES) select.append(make("option", { value: code, text: code, selected: code === value }));
    return select;
  }
  if (typeof value === "boolean")
    return make("input.switch", { type: "checkbox", role: "switch", checked: value, onchange: (event) => turn(event.target.checked) });
  return make("input", {
    type: "number", min: 0, max: 100000, value,
    onchange: (event) => turn(Math.max(0, Math.round(Number(event.target.value)) || 0)),
  });
}
