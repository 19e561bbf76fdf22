/* The page "Keys": a field takes the key that is pressed in it. Tab and Shift+Tab leave it, as
   everywhere; a second letter soon after the first makes a pair. */

import { chord, isComposing } from "./keys.js";

const PAIR = 1000;
let last = { field: null, at: 0, key: "" };
const NAMES = { mod: "Ctrl", alt: "Alt", shift: "Shift", Escape: "Esc" };
const written = (key) => (key === "+" ? key : key.split("+").map((part) => NAMES[part] ?? (part.length === 1 ? part.toUpperCase() : part)).join("+"));

document.getElementById("keys-form").addEventListener("keydown", (event) => {
  const field = event.target.closest("[data-chord]");
  if (!field || isComposing(event) || ["Tab", "Shift", "Control", "Alt", "Meta", "Escape"].includes(event.key)) return;
  event.preventDefault();
  if (["Backspace", "Delete"].includes(event.key)) return (field.value = "");
  const key = chord(event);
  const isPair = last.field === field && event.timeStamp - last.at < PAIR && /^[a-z0-9]$/.test(key) && /^[a-z0-9]$/.test(last.key);
  field.value = isPair ? `${written(last.key)} ${written(key)}` : written(key);
  last = isPair ? { field: null, at: 0, key: "" } : { field, at: event.timeStamp, key };
});
