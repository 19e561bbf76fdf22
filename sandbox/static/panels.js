// The right side: three panels under tabs; on a narrow screen a sheet over the phone.
import { keep, kept } from "./words.js";

const tabs = [...document.querySelectorAll("[role=tab]")];

function show(name) {
  for (const tab of tabs) {
    const chosen = tab.dataset.tab === name;
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
    document.getElementById(tab.getAttribute("aria-controls")).hidden = !chosen;
  }
  keep("panel", name);
}

function close() {
  document.body.classList.remove("has-panels");
}

for (const [at, tab] of tabs.entries()) {
  tab.addEventListener("click", () => show(tab.dataset.tab));
  tab.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = tabs[(at + step + tabs.length) % tabs.length];
    show(next.dataset.tab);
    next.focus();
  });
}
for (const opener of document.querySelectorAll("[data-open-panel]"))
  opener.addEventListener("click", () => {
    if (opener.dataset.openPanel) show(opener.dataset.openPanel);
    document.body.classList.add("has-panels");
    document.getElementById("close-panels").focus();
  });
document.getElementById("close-panels").addEventListener("click", close);
document.addEventListener("keydown", (event) => event.key === "Escape" && close());
document.body.addEventListener("click", (event) => event.target === document.body && close());
show(tabs.some((tab) => tab.dataset.tab === kept("panel", "knobs")) ? kept("panel", "knobs") : "knobs");
