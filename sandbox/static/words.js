// The two languages of the sandbox; it has its own catalogue because it is not the product.
const WORDS = {
  id: {
    title: "Sandbox", tagline: "Tulis sebagai pelanggan. Tidak ada yang keluar dari mesin ini.",
    company: "Nomor perusahaan", customers: "Pelanggan", add: "Pelanggan baru", name: "Nama",
    phone: "Nomor HP, mis. 62812…", hides: "Sembunyikan nomor (hanya username)", save: "Tambah",
    cancel: "Batal", write: "Ketik pesan", send: "Kirim", mail: "Email", chat: "WhatsApp",
    knobs: "Gangguan", knobsHint: "Buat WhatsApp berulah, lalu lihat apa yang dilakukan helpdesk.",
    noNumbers: "Belum ada nomor", noNumbersHint: "Jalankan helpdesk dengan data contoh; nomornya muncul di sini.",
    empty: "Belum ada pesan", emptyHint: "Sapa {company} sebagai {name}.",
    open: "Jendela 24 jam terbuka", closed: "Jendela 24 jam tertutup", closeIt: "Tutup jendela",
    openIt: "Buka jendela", typing: "sedang mengetik…",
    waiting: "Menghubungi helpdesk…", retrying: "Helpdesk belum menerima, dicoba lagi",
    taken: "Diterima helpdesk", read: "Dibaca", failed: "Gagal", hidden: "Nomor disembunyikan",
    today: "Hari ini", back: "Kembali", language: "Bahasa", theme: "Tema", sentCount: "diterima",
    retryCount: "webhook tertunda", reset: "Normalkan", you: "Anda: {name}",
    fail_next: "Gagalkan pesan berikutnya", fail_code: "dengan kode", fail_late: "Gagal belakangan, lewat status",
    garbage_next: "Jawab 500 tak jelas", silent_next: "Terima tanpa menjawab", offline: "Layanan mati",
    delay_ms: "Tunda jawaban (ms)", per_second: "Batas pesan per detik", per_pair: "Batas per pelanggan dalam 6 detik",
    twice: "Kirim webhook dua kali", shuffled: "Acak urutan status", statuses: "Kirim status",
    limits: "Batas", errors: "Kesalahan", delivery: "Webhook",
    mailTitle: "Kotak surat", mailHint: "Semua email dari helpdesk berakhir di sini.",
    noMail: "Belum ada email", noMailHint: "Undangan dan atur ulang kata sandi akan muncul di sini.",
    pickMail: "Pilih sebuah email", to: "Kepada", from: "Dari", offlineNow: "Sandbox tidak terhubung. Mencoba lagi…",
  },
  en: {
    title: "Sandbox", tagline: "Write as a customer. Nothing leaves this machine.",
    company: "Company number", customers: "Customers", add: "New customer", name: "Name",
    phone: "Phone number, e.g. 62812…", hides: "Hide the number (user name only)", save: "Add",
    cancel: "Cancel", write: "Type a message", send: "Send", mail: "Mail", chat: "WhatsApp",
    knobs: "Trouble", knobsHint: "Make WhatsApp misbehave and watch what the helpdesk does.",
    noNumbers: "No numbers yet", noNumbersHint: "Start the helpdesk with its demo data; its numbers appear here.",
    empty: "No messages yet", emptyHint: "Say hello to {company} as {name}.",
    open: "24-hour window open", closed: "24-hour window closed", closeIt: "Close window",
    openIt: "Open window", typing: "typing…",
    waiting: "Reaching the helpdesk…", retrying: "Not taken by the helpdesk yet, trying again",
    taken: "Taken by the helpdesk", read: "Read", failed: "Failed", hidden: "Number hidden",
    today: "Today", back: "Back", language: "Language", theme: "Theme", sentCount: "accepted",
    retryCount: "webhooks waiting", reset: "Reset", you: "You are {name}",
    fail_next: "Fail the next messages", fail_code: "with code", fail_late: "Fail later, by a status",
    garbage_next: "Answer a garbled 500", silent_next: "Accept and never answer", offline: "Service down",
    delay_ms: "Delay answers (ms)", per_second: "Messages per second", per_pair: "Per customer in 6 seconds",
    twice: "Send webhooks twice", shuffled: "Shuffle statuses", statuses: "Send statuses",
    limits: "Limits", errors: "Errors", delivery: "Webhooks",
    mailTitle: "Mailbox", mailHint: "Every mail of the helpdesk ends up here.",
    noMail: "No mail yet", noMailHint: "Invitations and password resets will appear here.",
    pickMail: "Choose a mail", to: "To", from: "From", offlineNow: "The sandbox is not connected. Trying again…",
  },
};

export const kept = (name, fallback) => localStorage.getItem(`sandbox-${name}`) || fallback;
export const keep = (name, value) => localStorage.setItem(`sandbox-${name}`, value);

let language = kept("language", "id");
let theme = kept("theme", "");

export const locale = () => language;
export const say = (word, facts = {}) =>
  (WORDS[language][word] || word).replace(/\{(\w+)\}/g, (_all, name) => facts[name] ?? "");

function dress() {
  document.documentElement.lang = language;
  document.documentElement.dataset.theme = theme;
  for (const node of document.querySelectorAll("[data-say]")) node.textContent = say(node.dataset.say);
  for (const node of document.querySelectorAll("[data-hint]")) node.placeholder = say(node.dataset.hint);
  for (const node of document.querySelectorAll("[data-label]")) {
    node.ariaLabel = say(node.dataset.label);
    node.title = node.ariaLabel;
  }
  for (const node of document.querySelectorAll("[data-pick-language]"))
    node.setAttribute("aria-pressed", String(node.dataset.pickLanguage === language));
}

/** Wires the language and theme buttons; `redraw` is called after each change. */
export function start(redraw) {
  for (const node of document.querySelectorAll("[data-pick-language]"))
    node.addEventListener("click", () => {
      language = node.dataset.pickLanguage;
      keep("language", language);
      dress();
      redraw();
    });
  for (const node of document.querySelectorAll("[data-turn-theme]"))
    node.addEventListener("click", () => {
      const dark = theme ? theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
      theme = dark ? "light" : "dark";
      keep("theme", theme);
      dress();
    });
  dress();
}

/** An element: make("li.row", { text, onclick, ... }, child, ...). */
export function make(what, facts = {}, ...children) {
  const [tag, ...classes] = what.split(".");
  const node = document.createElement(tag);
  node.className = classes.join(" ");
  for (const [name, value] of Object.entries(facts)) {
    if (name === "text") node.textContent = value;
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== false && value != null) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children);
  return node;
}

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `/static/icons.svg#${name}`);
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

/** Text with its web addresses as links, which open beside the sandbox. */
export function linked(text) {
  return text.split(/(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]])/).map((piece, index) =>
    index % 2 ? make("a", { href: piece, target: "_blank", rel: "noopener", text: piece }) : piece);
}

export async function ask(path, body) {
  const answer = await fetch(path, body === undefined ? {} : {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).error || answer.status);
  return answer.json();
}

/** Listens for news; `hear(news)` gets each, and {what: "all"} after every (re)connection. */
export function listen(hear) {
  const banner = document.querySelector("#offline");
  const source = new EventSource("/api/events");
  source.onopen = () => { banner.hidden = true; hear({ what: "all" }); };
  source.onerror = () => { banner.hidden = false; };
  source.onmessage = (event) => hear(JSON.parse(event.data));
}

/** A phone number in readable groups: +62 812-5550-0142. */
export function phone(digits) {
  const found = /^(62|60|44|1)(\d{3})(\d{3,4})(\d+)$/.exec(digits);
  return found ? `+${found[1]} ${found.slice(2).join("-")}` : `+${digits}`;
}

export function initials(name) {
  const words = name.replace(/^\+/, "").split(/\s+/).filter(Boolean);
  return words.slice(0, 2).map((word) => word[0]).join("").toUpperCase();
}

export function face(name) {
  let hue = 0;
  for (const letter of name) hue = (hue * 31 + letter.codePointAt(0)) % 360;
  const node = make("span.face", { text: initials(name), "aria-hidden": "true" });
  node.style.setProperty("--h", hue);
  return node;
}
