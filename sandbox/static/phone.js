// The customer's phone: choose a company and a customer, talk.
import { ask, face, icon, keep, kept, linked, listen, locale, make, phone, say, start } from "./words.js";
import { drawKnobs } from "./knobs.js";

const find = (id) => document.getElementById(id);
let world = { numbers: [], customers: [], chats: [], knobs: null, retrying: 0, sent: 0 };
let number = kept("number", "");
let customer = kept("customer", "");
let talk = null;

const person = () => world.customers.find((one) => one.id === customer);
const company = () => world.numbers.find((one) => one.id === number);
const path = () => `/api/chats/${number}/${customer}`;
const clock = (seconds) =>
  new Date(seconds * 1000).toLocaleTimeString(locale(), { hour: "2-digit", minute: "2-digit" });

async function loadWorld() {
  world = await ask("/api/state");
  if (!company() && world.numbers.length) number = world.numbers[0].id;
  if (!person() && world.customers.length) customer = world.customers[0].id;
  drawWorld();
}

async function loadTalk() {
  if (!company() || !person()) return;
  const asked = path();
  const found = await ask(asked);
  if (asked !== path()) return;
  talk = found;
  drawTalk();
  look();
}

// A chat counts as read when its page is in front of somebody.
function look() {
  const inFront = document.visibilityState === "visible" &&
    (innerWidth > 900 || document.body.classList.contains("is-talking"));
  if (inFront && talk?.bubbles.some((one) => !one.mine && ["accepted", "sent", "delivered"].includes(one.state)))
    ask(`${path()}/seen`, {});
}

function drawWorld() {
  find("numbers").replaceChildren(...(world.numbers.length ? world.numbers.map(numberRow) : [
    make("li.none", {}, make("b", { text: say("noNumbers") }), say("noNumbersHint"))]));
  const last = Object.fromEntries(world.chats.filter((one) => one.number === number).map((one) => [one.customer, one]));
  const people = [...world.customers].sort((a, b) => (last[b.id]?.at || 0) - (last[a.id]?.at || 0));
  find("customers").replaceChildren(...people.map((one) => customerRow(one, last[one.id])));
  find("counts").textContent = `${world.sent} ${say("sentCount")} · ${world.retrying} ${say("retryCount")}`;
  if (world.knobs) drawKnobs(world.knobs);
}

function numberRow(one) {
  const pick = () => choose(one.id, customer);
  return make("li", {}, make("button", { type: "button", "aria-pressed": String(one.id === number), onclick: pick },
    face(one.name), make("span", {}, make("b", { text: one.name }), make("small", { text: phone(one.phone) }))));
}

function customerRow(one, last) {
  const first = make("p", {}, make("b", { text: one.name }));
  const second = make("p", {}, make("span.last", { text: last?.last || (one.hides_phone ? say("hidden") : phone(one.phone)) }));
  if (last?.at) first.append(make("time", { text: clock(last.at) }));
  if (last?.unread) second.append(make("span.count", { text: last.unread }));
  const pick = () => { choose(number, one.id); document.body.classList.add("is-talking"); look(); };
  return make("li", {}, make("button", { type: "button", "aria-current": String(one.id === customer), onclick: pick },
    face(one.name), make("span", {}, first, second)));
}

function drawTalk() {
  const atEnd = isAtEnd();
  find("company-name").textContent = company().name;
  find("company-face").replaceChildren(face(company().name));
  find("company-line").textContent = talk.typing ? say("typing") : say("you", { name: person().name });
  find("company-line").classList.toggle("is-typing", talk.typing);
  drawWindow();
  const log = find("talk");
  log.replaceChildren(...(talk.bubbles.length ? bubbles() : [nothing()]));
  if (atEnd) log.scrollTop = log.scrollHeight;
}

function drawWindow() {
  const bar = find("window");
  bar.hidden = !talk.bubbles.length;
  bar.classList.toggle("is-closed", !talk.window_open);
  bar.children[1].textContent = say(talk.window_open ? "open" : "closed");
  bar.children[2].textContent = say(talk.window_open ? "closeIt" : "openIt");
}

function nothing() {
  return make("div.nothing", {}, icon("chat"), make("b", { text: say("empty") }),
    make("span", { text: say("emptyHint", { company: company().name, name: person().name }) }));
}

function bubbles() {
  const texts = Object.fromEntries(talk.bubbles.map((one) => [one.wamid, one.text]));
  const rows = [];
  let day = "", side = null;
  for (const one of talk.bubbles) {
    const date = new Date(one.at * 1000);
    if (date.toDateString() !== day) {
      day = date.toDateString();
      side = null;
      const shown = day === new Date().toDateString() ? say("today") : date.toLocaleDateString(locale(), { dateStyle: "long" });
      rows.push(make("p.day", { text: shown }));
    }
    rows.push(bubble(one, side !== one.mine, texts[one.reply_to]));
    side = one.mine;
  }
  return rows;
}

function bubble(one, isFirst, quoted) {
  const node = make(`div.bubble${one.mine ? ".mine" : ""}${isFirst ? ".first" : ""}`);
  if (quoted) node.append(make("span.quote", { text: quoted }));
  node.append(...linked(one.text), make("footer", {}, clock(one.at), ...(one.mine ? [ticks(one.state)] : failure(one.state))));
  return node;
}

const failure = (state) => (state === "failed" ? [tick("fail", "is-failed", "failed")] : []);

function ticks(state) {
  if (state === "read") return tick("ticks", "is-read", "read");
  if (state === "taken") return tick("ticks", "is-taken", "taken");
  return tick("clock", "is-waiting", state);
}

function tick(name, look, word) {
  return make(`span.${look}`, { title: say(word), role: "img", "aria-label": say(word) }, icon(name));
}

function isAtEnd() {
  const log = find("talk");
  return log.scrollHeight - log.scrollTop - log.clientHeight < 120;
}

function choose(nextNumber, nextCustomer) {
  [number, customer] = [nextNumber, nextCustomer];
  keep("number", number);
  keep("customer", customer);
  find("talk").replaceChildren();
  drawWorld();
  loadTalk();
}

// Many changes in a moment are one fetch.
function soon(work, pause) {
  let timer = 0;
  return () => { clearTimeout(timer); timer = setTimeout(() => work().catch(() => {}), pause); };
}
const worldSoon = soon(loadWorld, 120), talkSoon = soon(loadTalk, 40);

function hear(news) {
  worldSoon();
  if (news.what === "all" || (news.what === "chat" && news.number === number && news.customer === customer)) talkSoon();
}

const box = find("write").elements.text;
find("write").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = box.value.trim();
  if (!text || !company()) return;
  box.value = "";
  find("talk").scrollTop = find("talk").scrollHeight;
  ask("/api/customers/send", { number, from: customer, text }).catch(() => { box.value ||= text; });
});
box.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    find("write").requestSubmit();
  }
});
find("window").children[2].addEventListener("click", () => ask(`${path()}/window`, { open: !talk.window_open }));
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
    await loadWorld();
    choose(number, made.id);
  } catch (error) {
    problem.textContent = error.message;
    problem.hidden = false;
  }
});

start(() => { drawWorld(); if (talk && company()) drawTalk(); });
listen(hear);
