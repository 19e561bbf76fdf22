/* Runs before the page's own scripts: answers to sends come late, some never, the socket breaks,
   and whatever could have been painted is looked at. All by chance, but the same chance. */

(() => {
  const MOST = __MOST__, LOST = __LOST__;
  let seed = 20261123;
  const chance = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

  const real = window.fetch;
  window.fetch = async (url, options) => {
    if (options?.method !== "POST" || !/\/reply\/$/.test(String(url))) return real(url, options);
    const [late, isLost] = [chance() * MOST, chance() < LOST];
    const answer = await real(url, options); // the server has it, whatever the page hears
    await wait(late);
    if (isLost) throw new TypeError("the answer was lost");
    return answer;
  };

  const sockets = new Set();
  const Socket = window.WebSocket;
  window.WebSocket = class extends Socket {
    constructor(...given) {
      super(...given);
      sockets.add(this);
    }
  };

  const proof = (window.proof = { cuts: 0, flips: [], doubles: [], looked: 0, chance });
  proof.cut = () => {
    for (const socket of sockets) if (socket.readyState < 2) [socket.close(), (proof.cuts += 1)];
    sockets.clear();
  };

  proof.shown = () => [...document.querySelectorAll("#log > .msg.out")].map((node) => Number(node.querySelector(".words")?.textContent.match(/^Kiriman (\d+)$/)?.[1])).filter(Boolean);
  const look = () => {
    const shown = proof.shown();
    proof.looked += 1;
    if (shown.some((n, at) => at && n < shown[at - 1])) proof.flips.push(shown.join(" "));
    if (new Set(shown).size < shown.length) proof.doubles.push(shown.join(" "));
  };
  addEventListener("DOMContentLoaded", () => new MutationObserver(look).observe(document.getElementById("log") ?? document, { childList: true, subtree: true }));
})();
