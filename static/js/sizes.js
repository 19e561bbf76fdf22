/* How many conversations the saved views have: asked for after the page is painted, and again
   when something happened, at most once a minute. One that the server left out keeps its number. */

const PAUSE = 60000;
const address = document.getElementById("saved").dataset.sizes;
let last = -Infinity;
let waiting = null;

async function fetchSizes() {
  waiting = null;
  if (document.hidden) return;
  last = performance.now();
  const answer = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const { most, sizes } = await answer.json();
  for (const node of document.querySelectorAll("[data-size]")) {
    const size = sizes[node.dataset.size];
    if (size === undefined) continue;
    node.textContent = size > most ? `${most}+` : size;
    node.hidden = !size;
  }
}

/** Soon, but not all the time. */
export function measure() {
  waiting ??= setTimeout(fetchSizes, Math.max(300, last + PAUSE - performance.now()));
}
document.addEventListener("visibilitychange", measure);
