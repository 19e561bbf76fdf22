/* What every page needs: words, toasts, posts, dialogs, the theme, and times that stay true. */

const strings = document.getElementById("strings").content;
const zone = document.body.dataset.zone || undefined;
const locale = document.documentElement.lang === "id" ? "id" : "en-GB";

/** A sentence of the catalogue with its {facts} filled in. */
export function t(key, facts = {}) {
  const text = strings.querySelector(`[data-key="${key}"]`)?.textContent ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => facts[name] ?? "");
}

export const element = (html) => {
  const template = document.createElement("template");
  template.innerHTML = html.trim();
  return template.content.firstElementChild;
};

export function toast(text, { error = false, action = null, seconds = error ? 12 : 5 } = {}) {
  const node = document.getElementById("toast-template").content.firstElementChild.cloneNode(true);
  node.querySelector("p").textContent = text;
  node.classList.toggle("is-error", error);
  if (action) node.querySelector("p").after(action);
  const region = document.getElementById(error ? "alerts" : "toasts");
  region.append(node);
  while (region.children.length > 3) region.firstElementChild.remove();
  setTimeout(() => node.remove(), seconds * 1000);
  return node;
}
for (const node of document.querySelectorAll(".toast")) setTimeout(() => node.remove(), node.matches(".is-error") ? 12000 : 5000);

let signIn = async () => false;
/** `ask` signs the user in over the page; whether he is in again. */
export const onSignedOut = (ask) => (signIn = ask);

/** POST as the user; never throws: `status` 0 means that the network failed. If the session
    has ended he is asked to sign in, and it is tried once more; not with `quiet`, for what he
    did not do himself. */
export async function post(url, fields = {}, options = {}) {
  const result = await postOnce(url, fields, options);
  const isOut = result.status === 401 || result.data.code === "csrf";
  return isOut && !options.quiet && !options.keepalive && (await signIn()) ? postOnce(url, fields, options) : result;
}

async function postOnce(url, fields, options) {
  const body = fields instanceof FormData ? fields : new FormData();
  if (body !== fields) for (const [name, value] of Object.entries(fields)) body.append(name, value);
  body.delete("csrfmiddlewaretoken");
  const headers = { Accept: "application/json", "X-CSRFToken": token(), ...options.headers };
  try {
    const answer = await fetch(url, { method: "POST", body, headers, keepalive: options.keepalive });
    if (answer.redirected) return { ok: false, status: 401, data: {} };
    const isJson = answer.headers.get("Content-Type")?.includes("json");
    const data = isJson ? await answer.json() : {};
    return { ok: answer.ok, status: answer.status, data, request: answer.headers.get("X-Request-ID") };
  } catch {
    return { ok: false, status: 0, data: {} };
  }
}

export function token() {
  const cookie = document.cookie.match(/(?:^|; )(?:__Host-)?csrf=([^;]+)/);
  return cookie ? cookie[1] : document.querySelector("meta[name=csrf]").content;
}

/** Say in words why a post did not work. */
export function tell(result) {
  const { status, data, request } = result;
  if (data.code === "taken") return toast(t("taken", { name: data.by_name }), { error: true });
  if (status === 0) return toast(t("offline"), { error: true });
  if (status === 401 || data.code === "csrf") return toast(t("signed_out"), { error: true });
  if (data.message) return toast(data.message, { error: true });
  if (status === 403) return toast(t("denied"), { error: true });
  return toast(request ? t("failed_with_id", { id: request }) : t("failed"), { error: true });
}

/** GET a fragment of a page; throws on anything but the fragment. */
export async function fragment(url, name, options = {}) {
  const get = () => fetch(url, { headers: { "X-Fragment": name }, ...options });
  let answer = await get();
  if (answer.redirected && !options.quiet && (await signIn())) answer = await get();
  if (!answer.ok || answer.redirected) throw Object.assign(new Error(name), { status: answer.redirected ? 401 : answer.status });
  return answer.text();
}

/* Times: the server's words, kept true once a minute. */

const dayKey = (date) => new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(date);
const clockFormat = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone });
export const clock = (date) => clockFormat.format(date);
export const day = (date) => dayKey(date);

export function dayLabel(date) {
  const key = dayKey(date);
  if (key === dayKey(new Date())) return t("today");
  if (key === dayKey(new Date(Date.now() - 86400000))) return t("yesterday");
  const year = key.slice(0, 4) === dayKey(new Date()).slice(0, 4) ? undefined : "numeric";
  return new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year, timeZone: zone }).format(date);
}

export function span(milliseconds) {
  const m = Math.max(1, Math.floor(milliseconds / 60000));
  if (m < 60) return t("minutes", { m });
  if (m < 2880) return t("hours", { h: Math.floor(m / 60), m: m % 60 });
  return t("days", { d: Math.floor(m / 1440), h: Math.floor((m % 1440) / 60) });
}

const units = ["byte", "kilobyte", "megabyte", "gigabyte"];
/** A number of bytes for people: 184 kB. */
export function bytes(count) {
  const step = Math.min(3, Math.floor(Math.log10(Math.max(count, 1)) / 3));
  return new Intl.NumberFormat(locale, { style: "unit", unit: units[step], maximumFractionDigits: step > 1 ? 1 : 0 }).format(count / 1000 ** step);
}

/** A random id for a send: the same at every attempt. */
export const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** Put a popover above (or, where there is no room, below) what opened it. */
export function place(popover, beside) {
  const at = beside.getBoundingClientRect();
  const left = Math.max(8, Math.min(at.left, innerWidth - popover.offsetWidth - 8));
  const above = at.top - popover.offsetHeight - 6;
  Object.assign(popover.style, { left: `${left}px`, top: `${above > 8 ? above : at.bottom + 6}px` });
}

const say = (node, text) => {
  const target = node.querySelector(":scope > span") ?? node;
  if (target.textContent !== text) target.textContent = text;
};

export function refreshTimes(root = document) {
  const now = Date.now();
  for (const node of root.querySelectorAll("[data-since]")) {
    const time = span(now - Date.parse(node.dataset.since));
    const words = t("waiting", { time });
    say(node, "plain" in node.dataset ? time : words);
    if (node.title) node.title = words;
  }
  for (const node of root.querySelectorAll("[data-due-at]")) {
    const left = Date.parse(node.dataset.dueAt) - now;
    node.classList.toggle("is-warn", left > 0 && left <= 600000);
    node.classList.toggle("is-over", left <= 0);
    say(node, left > 0 ? span(left) : t("late", { time: span(-left) }));
  }
  for (const node of root.querySelectorAll("[data-moment]")) {
    const date = new Date(node.dateTime);
    say(node, dayKey(date) === dayKey(new Date()) ? clock(date) : dayLabel(date));
  }
  document.dispatchEvent(new Event("minute"));
}
setInterval(refreshTimes, 60000);

/* Buttons that every page has. */

document.addEventListener("click", (event) => {
  event.target.closest("[data-dismiss]")?.closest(".toast")?.remove();
  const reveal = event.target.closest("[data-reveal]");
  if (reveal) {
    const input = reveal.parentElement.querySelector("input");
    const shown = input.type === "password";
    input.type = shown ? "text" : "password";
    reveal.setAttribute("aria-pressed", shown);
  }
  const copy = event.target.closest("[data-copy]");
  if (copy) copyText(document.getElementById(copy.dataset.copy), copy.dataset.copied);
});

/** Into the clipboard, which only exists over HTTPS; else the text is selected at least. */
export function copyText(node, done) {
  getSelection().selectAllChildren(node);
  navigator.clipboard?.writeText(node.innerText).then(() => toast(done));
}

/* The theme changes at once; the server remembers it. Other preferences reload the page. */
document.addEventListener("submit", async (event) => {
  const button = event.submitter;
  if (!event.target.matches("[data-preferences]") || button?.name !== "theme") return;
  event.preventDefault();
  document.documentElement.toggleAttribute("data-theme", false);
  if (button.value) document.documentElement.dataset.theme = button.value;
  for (const other of button.parentElement.children) other.setAttribute("aria-pressed", other === button);
  const result = await post(event.target.action, { theme: button.value });
  if (!result.ok && result.status !== 401) tell(result);
});

/* Links to a part of a form go to its first field. */
const aim = () => location.hash && document.querySelector(`section#${CSS.escape(location.hash.slice(1))} input`)?.focus();
addEventListener("hashchange", aim);
addEventListener("load", () => setTimeout(aim));

/* On a phone the settings are a strip: show where one is. */
document.querySelector(".settings-nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
