/* Runs in the page that is measured: moments are its own, not the driver's. */

window.bench = {
  longTasks: [],
  shifts: 0,
  painted: 0,
  frames: 0,

  /** Milliseconds from a click on a row to the frame after its thread was put in. */
  open(number) {
    const row = document.querySelector(`#rows > [data-number="${number}"] .row-link`);
    return new Promise((resolve) => {
      const head = document.getElementById("thread-head");
      const watch = new MutationObserver(() => {
        if (head.querySelector(".thread-head")?.dataset.number !== String(number)) return;
        watch.disconnect();
        requestAnimationFrame(() => {
          const channel = new MessageChannel();
          channel.port1.onmessage = () => resolve(performance.now() - began);
          channel.port2.postMessage(0);
        });
      });
      watch.observe(head, { childList: true });
      const began = performance.now();
      row.click();
    });
  },

  /** What a module of the page exports, by the address under which the page has loaded it. */
  module(name) {
    const found = performance.getEntriesByType("resource").find((one) => one.name.includes(`/js/${name}.`));
    return import(found.name);
  },

  numbers: () => [...document.querySelectorAll("#rows > .row")].map((row) => Number(row.dataset.number)),
};

const observe = (type, heed) => new PerformanceObserver((list) => list.getEntries().forEach(heed)).observe({ type, buffered: true });
observe("longtask", (one) => window.bench.longTasks.push(one.duration));
observe("layout-shift", (one) => one.hadRecentInput || (window.bench.shifts += one.value));
observe("largest-contentful-paint", (one) => (window.bench.painted = one.startTime));

const Socket = window.WebSocket;
window.WebSocket = class extends Socket {
  constructor(...given) {
    super(...given);
    this.addEventListener("message", ({ data }) => (window.bench.frames += data.includes('"event"') ? 1 : 0));
  }
};
