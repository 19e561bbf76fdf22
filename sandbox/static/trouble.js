// Tells in a line at the bottom that something was refused, or done.
import { say } from "./words.js";

let timer = 0;

export function tell(words) {
  const line = document.getElementById("told");
  line.textContent = words;
  line.hidden = false;
  clearTimeout(timer);
  timer = setTimeout(() => { line.hidden = true; }, 5000);
}

export const trouble = (error) => tell(say("problem", { why: error.message }));
