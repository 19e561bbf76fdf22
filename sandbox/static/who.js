// The panel of the customer: who he is, what he hides, another number, a group.
import { face, keeper, make, phone, settle } from "./dom.js";
import { here, named, person } from "./state.js";
import { trouble } from "./trouble.js";
import { ask } from "./wire.js";
import { say } from "./words.js";

const place = document.getElementById("who");
const kept = keeper();

/** Draws the chosen customer; a part that is the same stays, with what is being typed. */
export function drawWho(choose) {
  const one = person();
  if (!one) return settle(place, []);
  const others = here.world.customers.filter((other) => !other.members && other.id !== one.id).slice(0, 8);
  const part = (name, facts, draw) => kept(name, [facts, say("who")], draw);
  settle(place, [
    part("card", one, () => make("div.card.is-person", {}, face(one.name), make("span", {}, make("b", { text: one.name }), ...facts(one)))),
    ...(one.members ? [] : [
      part("hiding", [one.id, one.hides_phone, one.username], () => hiding(one)),
      part("renaming", [one.id, one.hides_phone], () => renaming(one)),
      part("grouping", [one.id, others.map((other) => other.name)], () => grouping(one, others, choose))]),
  ]);
}

function facts(one) {
  if (one.members) return [make("small", { text: `${say("isGroup")} ${one.members.map(named).join(", ")}` })];
  return [make("small", { text: phone(one.phone) }), one.username && make("small", { text: `@${one.username}` }),
    make("small.id", { text: one.user_id })].filter(Boolean);
}

function hiding(one) {
  const turn = (event) => ask("/api/customers/change", { customer: one.id, hides_phone: event.target.checked }).catch(trouble);
  const name = (event) => ask("/api/customers/change", { customer: one.id, username: event.target.value }).catch(trouble);
  return make("fieldset", {},
    make("label.knob", {}, make("span", {}, say("hidePhone"), make("small", { text: say("hidePhoneHint") })),
      make("input.switch", { type: "checkbox", role: "switch", checked: one.hides_phone, onchange: turn })),
    make("label.knob", {}, make("span", { text: say("username") }),
      make("input", { type: "text", value: one.username, maxlength: 40, autocomplete: "off", onchange: name })));
}

function renaming(one) {
  const form = make("form.card", {}, make("h3", { text: say("newPhone") }), make("small", { text: say("newPhoneHint") }),
    make("div.inline", {}, make("input", { name: "phone", required: true, inputmode: "tel", autocomplete: "off", placeholder: say("phone"), "aria-label": say("phone"), disabled: one.hides_phone }),
      make("button.soft", { text: say("change"), disabled: one.hides_phone })));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask("/api/customers/phone", { customer: one.id, phone: form.elements.phone.value }).then(() => form.reset(), trouble);
  });
  return form;
}

function grouping(one, others, choose) {
  const form = make("form.card", {}, make("h3", { text: say("group") }),
    make("input", { name: "name", required: true, maxlength: 60, autocomplete: "off", placeholder: say("groupName"), "aria-label": say("groupName") }),
    make("div.chips", { role: "group", "aria-label": say("members") }, ...others.map((other, at) =>
      make("label.chip", {}, make("input", { type: "checkbox", name: "member", value: other.id, checked: at < 2 }), other.name))),
    make("div.buttons", {}, make("button.soft", { text: say("make") })));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const members = [one.id, ...new FormData(form).getAll("member")];
    try { choose((await ask("/api/groups", { name: form.elements.name.value, members })).id); } catch (error) { trouble(error); }
  });
  return form;
}
