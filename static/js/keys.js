/* Keys of the registry. Single keys are heard outside of fields, menus and dialogs; nothing is
   heard while an input method composes. */

import { all, isPossible } from "./commands.js";

const FIELD = "input, textarea, select, [contenteditable]";
const APART = "dialog, [popover]";
const OWN = "a, button, summary, audio, video, [role=separator]";
const PATIENCE = 1200;
let begun = "";
let waiting = null;

/** What was pressed, as the registry writes it. Letters go by what the keyboard says; where Alt
    or another alphabet stands in the way, by the place of the key. */
export function chord(event) {
  let key = event.key === " " ? "Space" : event.key;
  const isOther = key.length === 1 && key.toLowerCase() !== key.toUpperCase() && key > "\x7f";
  if (event.altKey || isOther) key = event.code.match(/^(?:Key|Digit)(.)$/)?.[1] ?? key;
  if (key.length === 1) key = key.toLowerCase();
  const isShifted = event.shiftKey && (key.length > 1 || /[a-z]/.test(key));
  return [(event.ctrlKey || event.metaKey) && "mod", event.altKey && "alt", isShifted && "shift", key].filter(Boolean).join("+");
}

export const isComposing = (event) => event.isComposing || event.keyCode === 229;

/** Which contexts hear a key that is pressed here, and whether single keys count. */
function hearing(target) {
  if (target.closest("#composer")) return { contexts: ["composer", "anywhere"], single: !target.closest(FIELD) };
  return { contexts: ["anywhere", "list", "thread"], single: !target.closest(FIELD) };
}

document.addEventListener("keydown", (event) => {
  if (isComposing(event) || event.defaultPrevented || event.getModifierState("AltGraph")) return;
  if (["Shift", "Control", "Alt", "Meta"].includes(event.key)) return;
  // A dialog that has just closed holds the focus until the next frame: that key is the page's.
  const target = event.target.closest("dialog:not([open])") ? document.body : event.target;
  if (target.closest(APART) || document.querySelector("dialog[open]")) return;
  const pressed = chord(event);
  if (["Enter", "Space"].includes(pressed) && target.closest(OWN)) return;
  const { contexts, single } = hearing(target);
  if (!single && !/mod|alt/.test(pressed)) return;
  const whole = begun ? `${begun} ${pressed}` : pressed;
  const heard = all().filter((one) => contexts.includes(one.context) && isPossible(one));
  const command = heard.find((one) => one.keys.includes(whole));
  const begins = !begun && heard.some((one) => one.keys.some((key) => key.startsWith(`${pressed} `)));
  clearTimeout(waiting);
  begun = begins ? pressed : "";
  waiting = setTimeout(() => (begun = ""), PATIENCE);
  if (!command && !begins) return;
  event.preventDefault();
  if (command && (!event.repeat || command.repeats)) command.run ? command.run() : location.assign(command.href);
});
