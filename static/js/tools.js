/* What can be done with a message: one small bar that goes to the bubble under the pointer or
   the focus. The arrow keys walk from bubble to bubble, Tab goes on to the bar. */

import { copyText, place, post, t, tell, toast } from "./ui.js";
import * as composer from "./composer.js";
import { goTo } from "./older.js";

const log = document.getElementById("log");
const bar = document.getElementById("tools-template").content.firstElementChild;
const emojis = document.getElementById("emojis");
const base = document.getElementById("search").getAttribute("action");
const SENT = ["sent", "delivered", "read", "received"];

const of = (node) => node?.closest?.(".msg[data-message]");
const isOurs = (message) => message.matches(".out, .note");
const hasWords = (message) => Boolean(message.querySelector(".say .words")?.textContent.trim());
const mayAnswer = (message) => !message.matches(".note, [data-deleted]") && SENT.includes(message.dataset.state);

function offer(message) {
  if (!message || bar.parentElement === message || emojis.matches(":popover-open")) return;
  const can = {
    reply: mayAnswer(message) && composer.can("quote"),
    react: mayAnswer(message) && composer.can("react"),
    copy: !message.matches("[data-deleted]") && hasWords(message),
  };
  for (const button of bar.querySelectorAll("[data-tool]")) button.hidden = !can[button.dataset.tool];
  if (Object.values(can).some(Boolean)) message.append(bar);
  else bar.remove();
}

const leave = () => bar.contains(document.activeElement) || emojis.matches(":popover-open") || bar.remove();

function about(message) {
  const name = isOurs(message) ? t("we") : document.querySelector("#thread-head h2").textContent;
  const say = message.querySelector(".say");
  const text = [...say.querySelectorAll(".words, .tile b, .place b, .card-of b, .odd span")].map((node) => node.textContent).join(" ") || t("picture");
  return { id: message.dataset.message, name, text: text.trim().slice(0, 160) };
}

function openEmojis(message, button) {
  emojis.dataset.message = message.dataset.message;
  for (const choice of emojis.children) choice.setAttribute("aria-pressed", choice.dataset.emoji === (message.dataset.reaction ?? ""));
  emojis.showPopover();
  place(emojis, button);
  (emojis.querySelector("[aria-pressed=true]") ?? emojis.firstElementChild).focus();
}

async function react(choice) {
  const id = emojis.dataset.message;
  const emoji = choice.getAttribute("aria-pressed") === "true" ? "" : choice.dataset.emoji;
  emojis.hidePopover();
  const number = document.querySelector("#thread-head .thread-head").dataset.number;
  const result = await post(`${base}${number}/messages/${id}/react/`, { emoji });
  if (result.ok) document.dispatchEvent(new CustomEvent("answer", { detail: result.data }));
  else tell(result);
}

bar.addEventListener("click", (event) => {
  const tool = event.target.closest("[data-tool]");
  const message = of(bar);
  if (!tool || !message) return;
  if (tool.dataset.tool === "reply") composer.quote(about(message));
  if (tool.dataset.tool === "react") openEmojis(message, tool);
  if (tool.dataset.tool === "copy") copyText(message.querySelector(".say .words"), t("copied"));
});
emojis.addEventListener("click", (event) => event.target.closest("[data-emoji]") && react(event.target.closest("[data-emoji]")));
emojis.addEventListener("toggle", (event) => {
  if (event.newState === "closed" && emojis.contains(document.activeElement)) bar.querySelector("[data-tool=react]").focus();
});
emojis.addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const all = [...emojis.children];
  if (step) all.at((all.indexOf(document.activeElement) + step) % all.length).focus();
});

log.addEventListener("pointerover", (event) => event.pointerType === "mouse" && offer(of(event.target)));
log.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && leave());
log.addEventListener("focusin", (event) => offer(of(event.target)));
log.addEventListener("focusout", (event) => log.contains(event.relatedTarget) || emojis.contains(event.relatedTarget) || setTimeout(leave));
log.addEventListener("click", (event) => {
  if (of(event.target) && !event.target.closest("a, button, summary, video, audio")) offer(of(event.target));
  const link = event.target.closest("[data-quoted]");
  if (!link) return;
  event.preventDefault();
  goTo(link.dataset.quoted).then((found) => found || toast(t("not_here")));
});

log.addEventListener("keydown", (event) => {
  if (!["ArrowUp", "ArrowDown"].includes(event.key) || event.target.closest("audio, video, summary")) return;
  const all = [...log.querySelectorAll(".msg[data-message]")];
  const here = all.indexOf(of(event.target));
  const next = here < 0 ? all.at(-1) : all[here + (event.key === "ArrowUp" ? -1 : 1)];
  if (!next) return;
  event.preventDefault();
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
});
