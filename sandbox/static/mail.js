// The mailbox: every mail as text, with links that can be followed.
import { face, icon, linked, make } from "./dom.js";
import { ask, listen } from "./wire.js";
import { locale, say, start } from "./words.js";

let mails = [];
let open = null;

const when = (seconds) => new Date(seconds * 1000).toLocaleTimeString(locale(), { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

async function load() {
  mails = await ask("/api/mails");
  draw();
}

function draw() {
  document.getElementById("mails").replaceChildren(...mails.map((one) =>
    make("li", {}, make("button", { type: "button", "aria-current": String(one.id === open?.id), onclick: () => read(one.id) },
      face(one.to[0] || "?"),
      make("span", {},
        make("p", {}, make("b", { text: one.subject || "-" }), make("time", { text: when(one.at) })),
        make("p", {}, make("span.last", { text: one.to.join(", ") })))))));
  drawLetter();
}

async function read(id) {
  open = await ask(`/api/mails/${id}`);
  document.body.classList.add("is-reading");
  draw();
  document.getElementById("letter").focus();
}

function drawLetter() {
  const place = document.getElementById("letter");
  if (!open) {
    const [head, hint] = mails.length ? ["pickMail", ""] : ["noMail", "noMailHint"];
    place.replaceChildren(make("div.nothing", {}, icon("mail"), make("b", { text: say(head) }), make("span", { text: say(hint) })));
    return;
  }
  const back = make("button.back", { type: "button", onclick: () => document.body.classList.remove("is-reading") }, icon("back"), say("back"));
  place.replaceChildren(back, make("article", {},
    make("h2", { text: open.subject || "-" }),
    make("dl", {},
      make("dt", { text: say("from") }), make("dd", { text: open.from }),
      make("dt", { text: say("to") }), make("dd", { text: open.to.join(", ") })),
    make("pre", {}, ...linked(open.text))));
}

start(draw);
listen((news) => { if (["all", "mail"].includes(news.what)) load(); });
