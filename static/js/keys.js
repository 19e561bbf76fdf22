/* Single keys: they work outside of fields, menus and dialogs, and never while one composes. */

const TYPING = "input, textarea, select, [contenteditable], dialog, [popover]";
const OWN = "a, button, summary";

/** `keys` maps a key to what it does; letters also press the button that carries them. */
export function bindKeys(keys) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
    if (event.target.closest(TYPING) || document.querySelector("dialog[open], #thread-head [aria-busy=true]")) return;
    if (event.key === "Enter" && event.target.closest(OWN)) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const button = /^[a-z]$/.test(key) ? document.querySelector(`#thread-head [data-key="${key}"]`) : null;
    if (!button && !keys[key]) return;
    event.preventDefault();
    if (!button) keys[key]();
    else if (!event.repeat) button.click();
  });
}
