/* What the commands of the inbox run. What stands on a button presses it, so that rights and
   words are the button's. */

import { define, press } from "./commands.js";
import * as composer from "./composer.js";
import * as sending from "./sending.js";
import * as thread from "./thread.js";
import { goToView } from "./rows.js";

const search = document.getElementById("search");
const isOpen = () => Boolean(thread.openNumber());
const words = () => document.querySelector("#composer textarea").value.trim();

/** `step`, `enter` and `close` are the page's own. */
export function defineCommands({ step, enter, close }) {
  define("next", () => step(1));
  define("previous", () => step(-1));
  define("enter", enter);
  define("search", () => search.elements.q.focus());
  for (const view of ["queue", "mine", "all", "snoozed", "resolved", "expired"]) define(`go.${view}`, () => [(search.elements.q.value = ""), goToView(view, "", "")]);
  define("reply", () => composer.focus("reply"), isOpen);
  define("note", () => composer.focus("note"), isOpen);
  define("close", close, isOpen);
  for (const name of ["accept", "transfer", "resolve", "release", "labels", "attachments", "snooze", "unread"]) press(name, `.inbox [data-key=${name}]`);
  press("assign", "#thread-head [data-key=transfer]");
  define("resolve-stay", resolveAndStay, () => Boolean(resolving()));
  define("send", composer.submit, isOpen);
  define("send-resolve", sendAndResolve, () => isOpen() && Boolean(resolving()));
}

const resolving = () => document.querySelector("#thread-head [data-key=resolve]");

function resolveAndStay() {
  resolving().form.dataset.stay = "";
  resolving().form.requestSubmit(resolving());
}

/** Resolve once the server has the words, and only then: a refusal leaves it open. */
function sendAndResolve() {
  const number = thread.openNumber();
  if (!words()) return composer.submit();
  composer.submit();
  sending.inTurn(number, () => {
    if (sending.waitingIn(number).length || thread.openNumber() !== number || words()) return;
    document.getElementById("composer").querySelector("textarea").blur(); // what is typed now is not for the next one
    resolving()?.click();
  });
}
