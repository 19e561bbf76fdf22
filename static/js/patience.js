/* Waiting without flicker: nothing is shown for the first moment, and what is shown stays long
   enough to be seen. A line at the top runs along. */

const BEFORE = 150;
const AT_LEAST = 300;
let waiting = 0;

/** Call when something begins; `show` runs if it takes long. Await the answer before painting. */
export function patience(show) {
  let since = 0;
  const timer = setTimeout(() => {
    since = performance.now();
    waiting += 1;
    document.body.toggleAttribute("data-waiting", true);
    show?.();
  }, BEFORE);
  return async () => {
    clearTimeout(timer);
    if (!since) return;
    const left = AT_LEAST - (performance.now() - since);
    since = 0;
    if (left > 0) await new Promise((resolve) => setTimeout(resolve, left));
    waiting -= 1;
    document.body.toggleAttribute("data-waiting", waiting > 0);
  };
}
