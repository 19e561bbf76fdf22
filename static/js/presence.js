/* Who else has this conversation open, and who is writing: told every ten seconds, forgotten
   when nobody says it any more. One's own page says the same of itself while it is in sight. */

import { onRow, redraw } from "./marks.js";
import * as thread from "./thread.js";
import { element, post, t } from "./ui.js";

const BEAT = 10000;
const HERE = 25000;
const WRITING = 6500;
const OFTEN = 3000;
const me = Number(document.body.dataset.member);
const base = document.getElementById("search").getAttribute("action");
const line = document.getElementById("here");
const sign = document.getElementById("here-template");
const places = new Map(); // number → Map(member → who)
const names = new Intl.ListFormat(document.documentElement.lang, { type: "conjunction", style: "narrow" });

let number = 0;
let doing = "";
let typedAt = 0;
let saidAt = 0;
let beating = null;

/* One's own */

async function beat() {
  clearTimeout(beating);
  if (!number || document.hidden) return;
  const here = number;
  if (Date.now() - typedAt > WRITING) doing = "";
  beating = setTimeout(beat, doing ? WRITING : BEAT);
  saidAt = Date.now();
  const { ok, data } = await post(`${base}${here}/presence/`, { doing }, { quiet: true });
  if (!ok || !data.others) return;
  places.set(here, new Map());
  for (const who of data.others) hear({ ...who, number: here });
  show(here);
}

function leave() {
  clearTimeout(beating);
  if (number) post(`${base}${number}/presence/`, { gone: 1 }, { keepalive: true });
  [number, doing] = [0, ""];
}

function follow() {
  const next = document.hidden ? 0 : thread.openNumber();
  if (next === number) return;
  leave();
  number = next;
  show(number);
  beat();
}

document.addEventListener("typing", ({ detail: mode }) => {
  const isNews = doing !== mode || Date.now() - saidAt > OFTEN;
  [doing, typedAt] = [mode, Date.now()];
  if (isNews) beat();
});
document.addEventListener("sent", () => doing && [(typedAt = 0), beat()]);
new MutationObserver(follow).observe(document.getElementById("thread-head"), { childList: true });
document.addEventListener("lost", ({ detail: lost }) => lost === number && [clearTimeout(beating), (number = 0), (doing = "")]);
document.addEventListener("visibilitychange", follow);
addEventListener("pagehide", leave);
addEventListener("pageshow", (event) => event.persisted && follow());

/* The others */

function hear({ member, number: where, gone, ...who }) {
  if (member === me) return;
  const people = places.get(where) ?? new Map();
  places.set(where, people);
  const now = Date.now();
  if (gone) people.delete(member);
  else people.set(member, { ...who, until: now + (member ? HERE : WRITING), writing: who.doing ? now + WRITING : 0 });
}

document.addEventListener("whisper", ({ detail: frame }) => {
  if (frame.kind !== "here") return;
  hear(frame);
  show(frame.number);
});

/** Everybody who is still there, those who write first. */
function present(where) {
  const now = Date.now();
  const people = places.get(where) ?? new Map();
  for (const [member, who] of people) if (who.until < now) people.delete(member);
  for (const who of people.values()) if (who.writing < now) who.doing = "";
  return [...people.values()].sort((first, second) => Boolean(second.doing) - Boolean(first.doing));
}

function words(people) {
  const [first] = people;
  if (!first) return "";
  const same = people.filter((who) => who.doing === first.doing).map((who) => who.name);
  const shown = same.length > 3 ? [...same.slice(0, 2), `+${same.length - 2}`] : same;
  return t(first.doing ? `doing_${first.doing}` : "here", { names: names.format(shown) });
}

function show(where) {
  redraw(where);
  if (where !== number && where) return;
  const people = number ? present(number) : [];
  const text = words(people);
  const key = text + people.map((who) => who.initials + who.doing).join();
  if (line.dataset.key === key) return;
  line.dataset.key = key;
  if (!text) return line.replaceChildren();
  const faces = element('<span class="faces" aria-hidden="true"></span>');
  for (const who of people.slice(0, 4)) {
    const face = Object.assign(document.createElement("i"), { className: `face ${who.hue}${who.doing ? " is-writing" : ""}`, textContent: who.initials });
    face.title = who.name;
    faces.append(face);
  }
  const said = Object.assign(document.createElement("span"), { textContent: text });
  line.replaceChildren(faces, said);
  if (people[0].doing) line.append(element('<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>'));
}

onRow((row) => {
  const people = present(Number(row.dataset.number)).filter((who) => who.member !== 0);
  let mark = row.querySelector(".row-here");
  if (!people.length) return mark?.remove();
  if (!mark) row.querySelector(".row-link").after((mark = sign.content.firstElementChild.cloneNode(true)));
  mark.toggleAttribute("data-writing", Boolean(people[0].doing));
  mark.title = mark.lastElementChild.textContent = words(people);
});

/** What nobody repeats is over. */
setInterval(() => {
  for (const [where, people] of places) {
    if (people.size) show(where);
    else places.delete(where);
  }
}, 1000);
follow();
