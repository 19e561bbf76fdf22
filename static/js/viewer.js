/* Pictures, large: a dialog over everything, with the arrow keys from one to the next. */

const viewer = document.getElementById("viewer");
const image = viewer.querySelector("img");
let links = [];
let at = 0;
let opener = null;

function show(index) {
  at = (index + links.length) % links.length;
  const link = links[at];
  const name = link.dataset.name || link.querySelector("img").alt;
  image.src = link.href;
  image.alt = name;
  viewer.querySelector("h2").textContent = name;
  viewer.querySelector("[data-count]").textContent = links.length > 1 ? `${at + 1} / ${links.length}` : "";
  viewer.querySelector("[data-get]").href = link.dataset.viewer;
  for (const step of viewer.querySelectorAll("[data-step]")) step.hidden = links.length < 2;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-viewer]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  opener = link;
  const around = link.closest("dialog, #log, main");
  links = [...around.querySelectorAll("a[data-viewer]")];
  show(links.indexOf(link));
  viewer.showModal();
});
viewer.addEventListener("click", (event) => {
  const step = event.target.closest("[data-step]");
  if (step) show(at + Number(step.dataset.step));
  else if (event.target.closest("[data-shut]") || event.target.matches("dialog, .viewer-stage")) viewer.close();
});
viewer.addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (step && links.length > 1) show(at + step);
});
viewer.addEventListener("close", () => {
  image.removeAttribute("src");
  const here = links[at]?.isConnected ? links[at] : opener;
  here?.focus({ preventScroll: true });
});
