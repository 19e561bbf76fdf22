// The composer: words, a reply, a change, a file that waits for its caption, a voice.
import { bytes, button, icon, make } from "./dom.js";
import { brief } from "./kinds.js";
import { company, here, spot } from "./state.js";
import { trouble } from "./trouble.js";
import { Recorder } from "./voice.js";
import { locale, say } from "./words.js";
import { ask, upload } from "./wire.js";

const form = document.getElementById("write");
const box = form.elements.text;
const above = document.getElementById("above");
const log = document.getElementById("talk");
let replying = null, changing = null, file = null, recorder = null;

/** The next message answers this one. */
export function answer(one) {
  changing = null;
  replying = one;
  draw();
  box.focus();
}

/** Puts the words of an own message into the box, to change them. */
export function change(one) {
  replying = file = null;
  changing = one;
  box.value = one.text;
  draw();
  box.focus();
}

/** A chosen file waits for its caption. */
export function hold(chosen, kind) {
  changing = null;
  file = { chosen, kind, address: URL.createObjectURL(chosen) };
  draw();
  box.focus();
}

/** Another chat: nothing is carried over but the words. */
export function forget() {
  if (changing) box.value = "";
  letGo();
  recorder?.stop(false);
}

function letGo() {
  if (file) URL.revokeObjectURL(file.address);
  replying = changing = file = null;
  draw();
}

/** Draws what stands above the box, in the page's language. */
export function draw() {
  above.replaceChildren(...[
    file && strip(thumb(), file.chosen.name, bytes(file.chosen.size, locale()), "removeFile"),
    changing && strip(icon("pencil"), say("editing"), brief(changing), "cancel"),
    replying && !changing && strip(icon("reply"), say("replying"), brief(replying), "cancel"),
  ].filter(Boolean));
  box.placeholder = say(file ? "caption" : "write");
  box.ariaLabel = box.placeholder;
  dress();
}

function strip(picture, head, words, word) {
  const drop = () => { if (changing) box.value = ""; letGo(); box.focus(); };
  return make("div.strip", {}, make("span.thumb", {}, picture),
    make("span", {}, make("b", { text: head }), make("small", { text: words })), button("ghost", "close", say(word), drop));
}

function thumb() {
  if (file.kind === "image" || file.kind === "sticker") return make("img", { src: file.address, alt: "" });
  return icon(file.kind);
}

// Without words the button records, with words it sends.
function dress() {
  const sends = Boolean(box.value.trim() || file || changing || recorder);
  const main = document.getElementById("main-button");
  if (main.dataset.sends === String(sends) + locale() + Boolean(recorder)) return;
  main.dataset.sends = String(sends) + locale() + Boolean(recorder);
  main.replaceChildren(icon(sends ? "send" : "mic"));
  main.ariaLabel = main.title = say(recorder ? "stop" : sends ? "send" : "record");
}
box.addEventListener("input", dress);

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (!company() || !here.talk) return;
  if (recorder) return recorder.stop(true);
  const text = box.value.trim();
  if (!text && !file && !changing) return record();
  const sent = { text, replying, changing, file };
  box.value = "";
  replying = changing = file = null;
  draw();
  log.scrollTop = log.scrollHeight;
  try { await send(sent); } catch (error) {
    box.value ||= text;
    trouble(error);
    dress();
  }
});

function send({ text, replying: quoted, changing: old, file: held }) {
  const fields = { ...spot(), text, reply_to: quoted?.wamid || "" };
  if (old) return ask("/api/customers/edit", { ...spot(), wamid: old.wamid, text });
  if (held) return upload("/api/customers/send", { ...fields, kind: held.kind }, held.chosen);
  return ask("/api/customers/send", fields);
}

/** Sends something that needs no words; it answers what is being replied to. */
export async function post(fields) {
  const reply_to = replying?.wamid || "";
  letGo();
  log.scrollTop = log.scrollHeight;
  await ask("/api/customers/send", { ...spot(), reply_to, ...fields }).catch(trouble);
}

async function record() {
  recorder = new Recorder(above, async (sound) => {
    recorder = null;
    draw();
    if (!sound) return;
    const fields = { ...spot(), kind: "audio", voice: "1", type: "audio/ogg; codecs=opus" };
    await upload("/api/customers/send", fields, sound, "voice.ogg").catch(trouble);
  });
  dress();
  try { await recorder.start(); } catch {
    recorder = null;
    draw();
    trouble(new Error(say("noMicrophone")));
  }
}

box.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && (replying || changing || file)) {
    event.stopPropagation();
    if (changing) box.value = "";
    return letGo();
  }
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    if (box.value.trim() || file || changing) form.requestSubmit();
  }
});
