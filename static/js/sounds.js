/* Four tones from an oscillator, no files. A browser lets a page sound only after a first touch
   or key, so the context is woken by it. */

let context = null;

const GESTURES = ["pointerup", "keyup"];

/** Not every key is a touch to the browser (Shift is none): it is tried until it works. */
function wake() {
  if (navigator.userActivation?.hasBeenActive === false) return;
  context ??= new AudioContext();
  if (context.state === "running") for (const gesture of GESTURES) removeEventListener(gesture, wake, true);
  else context.resume().catch(() => {});
}
for (const gesture of GESTURES) addEventListener(gesture, wake, true);

// [hertz, begin, length] in seconds, and the shape of the wave
const TONES = {
  chime: { wave: "sine", notes: [[784, 0, 0.28], [1175, 0.12, 0.4]] },
  bell: { wave: "triangle", notes: [[1319, 0, 0.7], [2637, 0, 0.35]] },
  drop: { wave: "sine", notes: [[1047, 0, 0.12], [698, 0.1, 0.25]] },
  knock: { wave: "square", notes: [[147, 0, 0.07], [147, 0.14, 0.09]] },
};

/** Play a tone; `volume` from 0 to 100. Silent as long as the browser does not allow sound. */
export function play(tone, volume) {
  if (!context || context.state !== "running" || !volume) return;
  const { wave, notes } = TONES[tone] ?? TONES.chime;
  for (const [hertz, begin, length] of notes) {
    const [source, loudness] = [context.createOscillator(), context.createGain()];
    const start = context.currentTime + begin;
    source.type = wave;
    source.frequency.value = hertz;
    loudness.gain.setValueAtTime(0, start);
    loudness.gain.linearRampToValueAtTime((volume / 100) ** 2 * 0.5, start + 0.01);
    loudness.gain.exponentialRampToValueAtTime(0.0001, start + length);
    source.connect(loudness).connect(context.destination);
    source.start(start);
    source.stop(start + length);
  }
}
