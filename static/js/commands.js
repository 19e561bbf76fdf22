/* Commands: what can be done here, by key and from the palette. The page brings the list with
   the member's own keys (`accounts/commands.py`); modules give each id what it runs. */

const listed = JSON.parse(document.getElementById("commands")?.textContent ?? "[]");
const commands = new Map(listed.map((one) => [one.id, one]));
export const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

/** Say what a command runs, and when it is possible. One that is not the member's stays unknown. */
export function define(id, run, when = () => true) {
  const command = commands.get(id);
  if (command) Object.assign(command, { run, when });
}

export const all = () => [...commands.values()];
export const isPossible = ({ href, run, when }) => (run ? when() : Boolean(href));

/** Run it, if it is possible now; whether it was. */
export function run(id) {
  const command = commands.get(id);
  if (!command || !isPossible(command)) return false;
  if (command.run) command.run();
  else location.assign(command.href);
  return true;
}

/** A command that presses a button of the page, as long as the button is there. */
export function press(id, selector) {
  const button = () => document.querySelector(selector);
  define(id, () => button().click(), () => Boolean(button()) && button().getAttribute("aria-busy") !== "true");
}

const NAMES = isMac ? { mod: "⌘", alt: "⌥", shift: "⇧", Enter: "⏎", Escape: "Esc" } : { mod: "Ctrl", alt: "Alt", shift: "Shift", Enter: "⏎", Escape: "Esc" };

/** A key as people read it: Ctrl+Enter, G I. */
export function pretty(keys) {
  const step = (text) => (text === "+" ? text : text.split("+").map((part) => NAMES[part] ?? (part.length === 1 ? part.toUpperCase() : part)).join(isMac ? "" : "+"));
  return keys.split(" ").map(step).join(" ");
}

for (const node of document.querySelectorAll("kbd[data-keys]")) node.textContent = pretty(node.dataset.keys);
