/* Undo: what one did last may be taken back for ten seconds, by the button of its notice or by key. */

import { define } from "./commands.js";
import { post, t, tell, toast } from "./ui.js";

const SECONDS = 10;
let last = null;

/** Tell what was done, with the offer to take it back; `after` gets the server's answer. */
export function offer(words, url, after) {
  if (!url) return toast(words);
  drop();
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "link", textContent: t("undo") });
  const node = toast(words, { action: button, seconds: SECONDS });
  const mine = (last = { url, after, node, timer: setTimeout(() => last === mine && drop(), SECONDS * 1000) });
  button.addEventListener("click", () => last === mine && undo());
}

function drop() {
  clearTimeout(last?.timer);
  last?.node.remove();
  last = null;
}

async function undo() {
  const { url, after } = last;
  drop();
  const result = await post(url);
  if (!result.ok) return tell(result);
  toast(result.data.left ? t("undone_partly", { n: result.data.left }) : t("undone"));
  after(result.data);
}

define("undo", undo, () => Boolean(last));
