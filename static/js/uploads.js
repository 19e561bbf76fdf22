/* Files on their way to the server: checked before, with progress, cancelled or tried again. */

import { bytes, post, t, token } from "./ui.js";

const SIDE = 320;

/** As what the channel would send it, or why it would not: `limits` are the composer's. A type
    that the browser does not know is for the server to judge. */
export function judge(file, limits) {
  if (!file.size) return { problem: t("file_empty", { name: file.name }) };
  const type = file.type.split(";")[0];
  const fitting = limits.filter((limit) => !type || limit.types.includes(type));
  if (!fitting.length) return { problem: t("file_type", { name: file.name }) };
  const found = fitting.find((limit) => file.size <= limit.max_bytes);
  const most = Math.max(...fitting.map((limit) => limit.max_bytes));
  if (!found) return { problem: t("file_large", { name: file.name, most: bytes(most) }) };
  return { kind: type ? found.kind : "document" };
}

export class Upload extends EventTarget {
  constructor(file, kind, url) {
    super();
    Object.assign(this, { file, kind, url, name: file.name, size: file.size, progress: 0, problem: "", uuid: "", thumb: "" });
    if (kind === "image") this.drawn = thumbnail(file).then((thumb) => this.tell({ thumb }));
  }

  /** One that the server has kept since another time, or for another machine. */
  static kept({ name, kind, size, uuid, thumb }, url) {
    const upload = new Upload({ name, size }, "", url);
    Object.assign(upload, { kind, uuid, thumb, progress: 1, isKept: true, running: Promise.resolve(uuid) });
    return upload;
  }

  /** The uuid that the server gave it. Once begun, the same for everybody who asks; after a
      failure, begun anew. Rejects with what `post` would return. */
  start() {
    this.running ??= this.send().catch((failure) => {
      this.running = null;
      this.tell({ progress: 0, problem: failure.data?.message ?? t("file_stuck") });
      throw failure;
    });
    return this.running;
  }

  send() {
    this.tell({ problem: "" });
    const body = new FormData();
    body.append("file", this.file, this.name);
    const request = (this.request = new XMLHttpRequest());
    request.open("POST", this.url);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRFToken", token());
    request.upload.onprogress = (event) => this.tell({ progress: event.total ? event.loaded / event.total : 0 });
    return new Promise((resolve, reject) => {
      request.onload = () => {
        const data = parsed(request.responseText);
        if (request.status !== 200 || !data.attachment) return reject({ status: request.status === 200 ? 401 : request.status, data });
        const { uuid, kind, name } = data.attachment;
        this.tell({ uuid, kind, name, progress: 1 });
        resolve(uuid);
      };
      request.onerror = () => reject({ status: 0, data: {} });
      request.onabort = () => reject({ status: -1, data: {} });
      request.send(body);
    });
  }

  /** It is not wanted any more. */
  drop() {
    this.request?.abort();
    if (this.uuid) post(`${this.url}${this.uuid}/discard/`);
  }

  get isDone() {
    return Boolean(this.uuid);
  }

  tell(news) {
    Object.assign(this, news);
    this.dispatchEvent(new Event("change"));
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/** A small picture of a picture, as a data address; '' for what the browser cannot read. */
async function thumbnail(file) {
  try {
    const whole = await createImageBitmap(file);
    const scale = Math.min(1, SIDE / whole.width, SIDE / whole.height);
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(whole.width * scale));
    canvas.height = Math.max(1, Math.round(whole.height * scale));
    canvas.getContext("2d").drawImage(whole, 0, 0, canvas.width, canvas.height);
    return canvas.toDataURL("image/webp", 0.8);
  } catch {
    return "";
  }
}
