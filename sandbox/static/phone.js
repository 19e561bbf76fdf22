// The customer's phone: choose a company and a customer, talk.
import { attach } from "./attach.js";
import { clock, drawBubbles } from "./bubbles.js";
import * as composer from "./compose.js";
import { face, icon, make, phone } from "./dom.js";
import { drawFirm, loadTemplates } from "./firm.js";
import { brief } from "./kinds.js";
import { drawKnobs, turned } from "./knobs.js";
import "./panels.js";
import { company, here, loadTalk, loadWorld, move, named, path, person, writer } from "./state.js";
import { ask, listen, soon } from "./wire.js";
import { say, start } from "./words.js";
import { drawWho } from "./who.js";

const find = (id) => document.getElementById(id);
const STILL_TYPING = 3000;

// A chat counts as read when its page is in front of somebody.
function look() {
  const inFront = document.visibilityState === "visible" &&
    (innerWidth > 900 || document.body.classList.contains("is-talking"));
  if (inFront && here.talk?.bubbles.some((one) => !one.mine && ["accepted", "sent", "delivered"].includes(one.state)))
    ask(`${path()}/seen`, {});
}

function drawWorld() {
  const { world } = here;
  find("numbers").replaceChildren(...(world.numbers.length ? world.numbers.map(numberRow) : [
    make("li.none", {}, make("b", { text: say("noNumbers") }), say("noNumbersHint"))]));
  const last = Object.fromEntries(world.chats.filter((one) => one.number === here.number).map((one) => [one.customer, one]));
  const people = [...world.customers].sort((a, b) => (last[b.id]?.at || 0) - (last[a.id]?.at || 0));
  find("customers").replaceChildren(...people.map((one) => customerRow(one, last[one.id])));
  find("counts").textContent = `${world.sent} ${say("sentCount")} · ${world.retrying} ${say("retryCount")}`;
  drawWho((id) => refresh().then(() => choose(here.number, id)));
  drawFirm();
  if (!world.knobs) return;
  drawKnobs(world.knobs);
  const count = turned(world.knobs);
  find("turned").textContent = count || "";
  find("turned").hidden = !count;
}

function numberRow(one) {
  const pick = () => choose(one.id, here.customer);
  return make("li", {}, make("button", { type: "button", "aria-pressed": String(one.id === here.number), onclick: pick },
    face(one.name), make("span", {}, make("b", { text: one.name }), make("small", { text: phone(one.phone) }))));
}

function customerRow(one, last) {
  const words = last?.at ? brief({ text: last.last, kind: last.kind, deleted: last.kind === "deleted" })
    : one.members ? one.members.map(named).join(", ") : one.hides_phone ? say("hidden") : phone(one.phone);
  const first = make("p", {}, make("b", { text: one.name }), last?.at ? make("time", { text: clock(last.at) }) : null);
  const second = make("p", {}, make("span.last", { text: words }), last?.unread ? make("span.count", { text: last.unread }) : null);
  const pick = () => { choose(here.number, one.id); document.body.classList.add("is-talking"); look(); };
  return make("li", {}, make("button", { type: "button", "aria-current": String(one.id === here.customer), onclick: pick },
    face(one.name), make("span", {}, first, second)));
}

function drawTalk() {
  const { talk } = here, log = find("talk");
  const wasAtEnd = atEnd;
  const group = person().members;
  find("company-name").textContent = group ? person().name : company().name;
  find("company-face").replaceChildren(face(find("company-name").textContent));
  const line = group ? say("groupOf", { names: [...group.map(named), company().name].join(", ") }) : say("you", { name: person().name });
  find("company-line").textContent = talk.typing ? say("typing") : line;
  find("company-line").classList.toggle("is-typing", talk.typing);
  if (talk.typing) setTimeout(() => refreshTalk().catch(() => {}), STILL_TYPING);
  drawWriter(group);
  drawWindow();
  if (talk.bubbles.length) drawBubbles(log, talk.bubbles);
  else log.replaceChildren(nothing());
  if (wasAtEnd) toEnd();
}

// Who reads the end stays there, also when a picture above it grows.
let atEnd = true;
function toEnd() {
  atEnd = true;
  find("talk").scrollTop = find("talk").scrollHeight;
}
find("talk").addEventListener("scroll", ({ target }) => {
  atEnd = target.scrollHeight - target.scrollTop - target.clientHeight < 120;
});
for (const event of ["load", "loadedmetadata", "error"])
  find("talk").addEventListener(event, () => atEnd && toEnd(), true);

new ResizeObserver(() => atEnd && toEnd()).observe(find("talk"));

function drawWriter(group) {
  const place = find("writer");
  place.hidden = !group;
  if (!group) return place.replaceChildren();
  const select = make("select", { onchange: (event) => { here.writer = event.target.value; drawTalk(); } },
    ...group.map((id) => make("option", { value: id, text: named(id), selected: id === writer() })));
  return place.replaceChildren(make("label", {}, say("writesAs"), select));
}

function drawWindow() {
  const bar = find("window"), { talk } = here;
  bar.hidden = !talk.bubbles.length;
  bar.classList.toggle("is-closed", !talk.window_open);
  bar.children[1].textContent = say(talk.window_open ? "open" : "closed");
  bar.children[2].textContent = say(talk.window_open ? "closeIt" : "openIt");
}

function nothing() {
  return make("div.nothing", {}, icon("chat"), make("b", { text: say("empty") }),
    make("span", { text: say("emptyHint", { company: company().name, name: person().name }) }));
}

async function refresh() {
  const isFirst = !here.talk;
  await loadWorld();
  drawWorld();
  if (isFirst) await refreshTalk(); // before the world was known there was nothing to ask for
}

async function refreshTalk() {
  if (!(await loadTalk())) return;
  drawTalk();
  look();
}

function choose(number, customer) {
  move(number, customer);
  composer.forget();
  find("talk").replaceChildren();
  atEnd = true;
  drawWorld();
  refreshTalk().catch(() => {});
}

const worldSoon = soon(refresh, 120), talkSoon = soon(refreshTalk, 40), templatesSoon = soon(loadTemplates, 40);

function hear(news) {
  worldSoon();
  if (news.what === "all" || (news.what === "chat" && news.number === here.number && news.customer === here.customer)) talkSoon();
  if (["all", "templates"].includes(news.what)) templatesSoon();
}

find("attach").addEventListener("click", () => here.talk && attach());
find("window").children[2].addEventListener("click", () => ask(`${path()}/window`, { open: !here.talk.window_open }));
find("back").addEventListener("click", () => document.body.classList.remove("is-talking"));
document.addEventListener("visibilitychange", look);

const card = find("new-customer");
const toggle = (open) => { card.hidden = !open; if (open) card.elements.name.focus(); };
find("add").addEventListener("click", () => toggle(card.hidden));
find("cancel").addEventListener("click", () => toggle(false));
card.addEventListener("submit", async (event) => {
  event.preventDefault();
  const problem = card.querySelector(".problem");
  problem.hidden = true;
  const { name, phone: digits, hides_phone: hides } = card.elements;
  try {
    const made = await ask("/api/customers", { name: name.value, phone: digits.value, hides_phone: hides.checked });
    card.reset();
    toggle(false);
    await refresh();
    choose(here.number, made.id);
  } catch (error) {
    problem.textContent = error.message;
    problem.hidden = false;
  }
});

start(() => {
  drawWorld();
  composer.draw();
  if (here.talk && company()) drawTalk();
});
composer.draw();
listen(hear);
