/* The page "Notifications": the browser is asked only when somebody presses the button. */

import { play } from "./sounds.js";

const form = document.getElementById("notifications-form");
const notice = document.getElementById("permission");

function draw() {
  const standing = "Notification" in window ? Notification.permission : "denied";
  const wanted = form.querySelector("input[value=desktop]:checked");
  notice.hidden = standing === "granted" || !wanted;
  notice.querySelector("[data-default]").hidden = standing !== "default";
  notice.querySelector("[data-denied]").hidden = standing !== "denied";
  notice.querySelector("[data-ask]").hidden = standing !== "default";
}

notice.querySelector("[data-ask]").addEventListener("click", () => Notification.requestPermission().then(draw));
form.querySelector("[data-test]").addEventListener("click", () => play(form.elements.tone.value, Number(form.elements.volume.value)));
form.addEventListener("change", draw);
draw();
