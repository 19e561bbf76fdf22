// Records a voice message as WhatsApp does: Opus in Ogg.
import { button, icon, make, minutes } from "./dom.js";
import { toOgg } from "./ogg.js";
import { say } from "./words.js";

const WANTED = ["audio/ogg;codecs=opus", "audio/webm;codecs=opus"];

export class Recorder {
  /** `done(blob)` is called once, with null where nothing is to be sent. */
  constructor(place, done) {
    this.place = place;
    this.done = done;
    this.pieces = [];
  }

  async start() {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    const type = WANTED.find((one) => MediaRecorder.isTypeSupported(one));
    if (!type) throw new Error("Opus cannot be recorded here");
    this.media = new MediaRecorder(stream, { mimeType: type, audioBitsPerSecond: 24000 });
    this.media.addEventListener("dataavailable", (event) => this.pieces.push(event.data));
    this.media.addEventListener("stop", () => this.finish(stream, type));
    this.media.start();
    this.began = Date.now();
    const time = make("b", { text: "0:00" });
    this.timer = setInterval(() => { time.textContent = minutes((Date.now() - this.began) / 1000); }, 250);
    this.place.replaceChildren(make("div.strip.is-recording", { role: "status" }, make("span.thumb", {}, icon("mic")),
      make("span", {}, time, make("small", { text: say("recording") })),
      button("ghost", "trash", say("discard"), () => this.stop(false))));
  }

  stop(wanted) {
    this.wanted = wanted;
    if (this.media?.state === "recording") this.media.stop();
  }

  async finish(stream, type) {
    clearInterval(this.timer);
    for (const track of stream.getTracks()) track.stop();
    if (!this.wanted) return this.done(null);
    const raw = new Uint8Array(await new Blob(this.pieces).arrayBuffer());
    this.done(new Blob([type.startsWith("audio/ogg") ? raw : toOgg(raw)], { type: "audio/ogg" }));
  }
}
