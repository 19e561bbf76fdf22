// The panel of the company: its own phone, the number's quality, its account and templates.
import { keeper, make, settle } from "./dom.js";
import { company, here, person } from "./state.js";
import { tell, trouble } from "./trouble.js";
import { ask } from "./wire.js";
import { say } from "./words.js";

const place = document.getElementById("firm");
const STATES = ["APPROVED", "PENDING", "REJECTED", "PAUSED", "DISABLED"];
const kept = keeper();
let templates = [], from = "";

/** Loads the templates of the chosen number anew. */
export async function loadTemplates() {
  if (!company()) return;
  from = here.number;
  templates = await ask(`/api/templates?number=${from}`);
  drawFirm();
}

export function drawFirm() {
  const one = company();
  if (one && from !== here.number) loadTemplates().catch(() => {});
  if (!one) return settle(place, []);
  const part = (name, facts, draw) => kept(name, [facts, say("firm")], draw);
  settle(place, [
    ...(person()?.members ? [] : [part("echo", one.name, () => echo(one))]),
    part("quality", one.quality, () => quality(one)),
    part("account", "", account),
    part("templates", templates, list),
  ]);
}

async function act(path, fields) {
  try {
    const { webhook_status: status } = await ask(path, { number: here.number, ...fields });
    tell(status >= 200 && status < 300 ? say("told") : say("notTold", { status }));
  } catch (error) { trouble(error); }
}

function echo(one) {
  const words = say("echoWrite", { company: one.name });
  const box = make("textarea", { name: "echo", rows: 2, required: true, placeholder: words, "aria-label": words });
  const form = make("form.card", {}, make("h3", { text: say("echoTitle") }), make("small", { text: say("echoHint") }), box,
    make("div.buttons", {}, make("button.soft", { text: say("send") })));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    act("/api/echo", { to: here.customer, text: box.value });
    box.value = "";
  });
  return form;
}

function quality(one) {
  return make("fieldset", {}, make("legend", { text: say("quality") }), make("div.choices", { role: "group", "aria-label": say("quality") },
    ...["green", "yellow", "red"].map((name) => make(`button.is-${name}`, {
      type: "button", text: say(name), "aria-pressed": String(one.quality === name.toUpperCase()), onclick: () => act("/api/account", { event: `quality_${name}` }),
    }))));
}

function account() {
  return make("fieldset", {}, make("legend", { text: say("account") }), make("div.chips", {},
    ...["restricted", "banned", "reinstated", "error"].map((event) =>
      make("button.chip", { type: "button", text: say(event), onclick: () => act("/api/account", { event }) }))));
}

function list() {
  return make("fieldset", {}, make("legend", { text: say("templates") }), ...templates.map((one) => {
    const change = (event) => act("/api/templates", { name: one.name, language: one.language, status: event.target.value });
    const select = make(`select.is-${one.status}`, { "aria-label": say("templateState", { name: one.name }), onchange: change });
    for (const state of STATES) select.append(make("option", { value: state, text: say(state), selected: state === one.status }));
    return make("div.knob", {}, make("span", {}, one.name.replaceAll("_", "_\u200b"), make("small", { text: `${one.language} · ${say(one.category)}` })), select);
  }));
}
