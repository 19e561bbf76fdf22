// Plays a voice message or a piece of music; only one at a time.
import { icon, make, minutes } from "./dom.js";
import { say } from "./words.js";

let playing = null;

export function player(source, isVoice) {
  const sound = make("audio", { src: source, preload: "metadata" });
  const seek = make("input", { type: "range", min: 0, max: 1000, value: 0, "aria-label": say("seek") });
  const time = make("small", { text: "0:00" });
  const turn = make("button", { type: "button", "aria-label": say("play") }, icon("play"));

  turn.addEventListener("click", () => (sound.paused ? sound.play().catch(() => {}) : sound.pause()));
  seek.addEventListener("input", () => { if (sound.duration) sound.currentTime = (seek.value / 1000) * sound.duration; });
  sound.addEventListener("loadedmetadata", () => {
    if (Number.isFinite(sound.duration)) time.textContent = minutes(sound.duration);
  });
  sound.addEventListener("timeupdate", () => {
    time.textContent = minutes(sound.currentTime);
    if (sound.duration) show(seek, sound.currentTime / sound.duration);
  });
  for (const event of ["play", "pause", "ended"])
    sound.addEventListener(event, () => {
      turn.replaceChildren(icon(sound.paused ? "play" : "pause"));
      turn.ariaLabel = say(sound.paused ? "play" : "pause");
      if (event === "play") { if (playing !== sound) playing?.pause(); playing = sound; }
      if (event === "ended") show(seek, 0);
    });
  return make("span.player", {}, turn, seek, time, make("span.sheet", {}, icon(isVoice ? "mic" : "audio")), sound);
}

function show(seek, part) {
  seek.value = part * 1000;
  seek.style.setProperty("--done", `${part * 100}%`);
}
