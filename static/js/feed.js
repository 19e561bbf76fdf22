/* The live feed: a cursor, a socket that is replayed after every break, and a long poll
   where no socket is possible. It knows nothing of the page. */

const PING = 25000;
const SILENCE = 10000;
const HIDDEN = 30000;
const TRIES_BEFORE_POLL = 4;
const POLL_FOR = 120000;

export class Feed extends EventTarget {
  /** `cursor` is the sequence that the page shows already. Events: frame, reset, up, down, closed. */
  constructor({ socket, poll, cursor, language }) {
    super();
    Object.assign(this, { address: socket, poll, cursor, language });
    this.failures = 0;
    this.isUp = false;
    this.stopped = false;
    addEventListener("online", () => this.now());
    addEventListener("offline", () => this.drop());
    document.addEventListener("visibilitychange", () => this.seen());
    document.addEventListener("signed-in", () => [(this.stopped = false), this.now()]);
    addEventListener("pagehide", () => this.socket?.close());
    addEventListener("pageshow", (event) => event.persisted && this.now());
  }

  start() {
    if (this.stopped || this.socket || this.polling) return;
    clearTimeout(this.timer);
    const socket = (this.socket = new WebSocket(this.address));
    socket.onopen = () => socket.send(JSON.stringify({ type: "hello", cursor: this.cursor, language: this.language }));
    socket.onmessage = (message) => this.socket === socket && this.take(JSON.parse(message.data));
    socket.onclose = (event) => this.socket === socket && this.lost(event.code);
    this.watch = setTimeout(() => this.drop(), SILENCE);
  }

  /** One frame, from the socket or the poll. */
  take(frame) {
    clearTimeout(this.watch);
    if (this.socket) this.watch = setTimeout(() => this.ping(), PING);
    if (frame.type === "event" || frame.type === "gone") {
      this.emit("frame", frame);
      this.cursor = Math.max(this.cursor, frame.seq);
    } else if (frame.type === "whisper") {
      document.dispatchEvent(new CustomEvent("whisper", { detail: frame }));
    } else if (frame.type === "ready" || frame.type === "reset") {
      this.cursor = frame.type === "reset" ? frame.cursor : Math.max(this.cursor, frame.cursor);
      if (frame.type === "reset") this.emit("reset", frame);
      this.up();
    }
  }

  ping() {
    if (this.socket?.readyState !== WebSocket.OPEN) return this.drop();
    this.socket.send('{"type":"ping"}');
    this.watch = setTimeout(() => this.drop(), SILENCE);
  }

  up() {
    this.failures = 0;
    if (!this.isUp) this.emit("up");
    this.isUp = true;
  }

  /** The socket is gone, or as good as gone. */
  drop() {
    const socket = this.socket;
    if (!socket) return;
    this.socket = null;
    socket.close();
    this.lost(0);
  }

  lost(code) {
    this.socket = null;
    clearTimeout(this.watch);
    if (this.isUp) this.emit("down");
    this.isUp = false;
    this.failures += 1;
    if (code === 4401 || code === 4404) return this.stop(code);
    if (code === 4403) this.emit("reset", { code });
    if (this.failures >= TRIES_BEFORE_POLL && this.poll && navigator.onLine) return this.pollFor();
    this.later();
  }

  stop(code) {
    this.stopped = true;
    this.emit("closed", { code });
  }

  /** Backoff 0.5 to 15 s with full jitter, so that a restart is not a stampede. */
  later() {
    clearTimeout(this.timer);
    const most = Math.min(15000, 500 * 2 ** this.failures);
    this.timer = setTimeout(() => this.start(), Math.max(100, Math.random() * most));
  }

  /** Try at once: the machine woke up or is online again. */
  now() {
    clearTimeout(this.timer);
    if (this.socket?.readyState === WebSocket.OPEN) return this.ping();
    if (this.socket) this.socket.onclose = null;
    this.socket?.close();
    this.socket = null;
    this.start();
  }

  seen() {
    if (document.hidden) this.hiddenAt = Date.now();
    else if (Date.now() - (this.hiddenAt ?? Date.now()) > HIDDEN || !this.isUp) this.now();
  }

  /** Long poll for a while, then give the socket another chance. */
  async pollFor() {
    this.polling = true;
    const end = Date.now() + POLL_FOR;
    let failed = 0;
    while (Date.now() < end && failed < 3 && !this.stopped) {
      try {
        const answer = await fetch(`${this.poll}?cursor=${this.cursor}&language=${this.language}`, { credentials: "include" });
        if (answer.status === 401) return this.stop(4401);
        if (!answer.ok) throw new Error(answer.status);
        for (const frame of (await answer.json()).frames) this.take(frame);
        this.up();
        failed = 0;
      } catch {
        failed += 1;
        await new Promise((resolve) => setTimeout(resolve, 1000 * failed + Math.random() * 1000));
      }
    }
    this.polling = false;
    this.failures = 1;
    if (!failed) return this.start();
    if (this.isUp) this.emit("down");
    this.isUp = false;
    this.later();
  }

  emit(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
