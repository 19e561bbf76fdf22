// Language and theme; the sandbox has its own words because it is not the product.
import en from "./words/en.js";
import id from "./words/id.js";

const WORDS = { id, en };

export const kept = (name, fallback) => localStorage.getItem(`sandbox-${name}`) || fallback;
export const keep = (name, value) => localStorage.setItem(`sandbox-${name}`, value);

let language = kept("language", "id");
let theme = kept("theme", "");

export const locale = () => language;
export const say = (word, facts = {}) =>
  (WORDS[language][word] ?? word).replace(/\{(\w+)\}/g, (_all, name) => facts[name] ?? "");

function dress() {
  document.documentElement.lang = language;
  document.documentElement.dataset.theme = theme;
  for (const node of document.querySelectorAll("[data-say]")) node.textContent = say(node.dataset.say);
  for (const node of document.querySelectorAll("[data-hint]")) node.placeholder = say(node.dataset.hint);
  for (const node of document.querySelectorAll("[data-label]")) {
    node.ariaLabel = say(node.dataset.label);
    node.title = node.ariaLabel;
  }
  for (const node of document.querySelectorAll("[data-pick-language]"))
    node.setAttribute("aria-pressed", String(node.dataset.pickLanguage === language));
}

/** Wires the language and theme buttons; `redraw` is called after each change. */
export function start(redraw) {
  for (const node of document.querySelectorAll("[data-pick-language]"))
    node.addEventListener("click", () => {
      language = node.dataset.pickLanguage;
      keep("language", language);
      dress();
      redraw();
    });
  for (const node of document.querySelectorAll("[data-turn-theme]"))
    node.addEventListener("click", () => {
      const dark = theme ? theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
      theme = dark ? "light" : "dark";
      keep("theme", theme);
      dress();
    });
  dress();
}
