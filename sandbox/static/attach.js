// The sheet of things to send: files, places, cards, ready samples, special messages.
import { button, icon, make, phone } from "./dom.js";
import { hold, post } from "./compose.js";
import { raise } from "./sheet.js";
import { here } from "./state.js";
import { say } from "./words.js";

const IMAGES = new Set(["image/jpeg", "image/png"]), VIDEOS = new Set(["video/mp4", "video/3gpp"]);
const SAMPLES = { photo: "image", receipt: "image", video: "video", voice: "audio", song: "audio", invoice: "document", sticker: "sticker" };
const SPECIAL = {
  fromAd: ["ad", () => ({ text: say("adText"), referral: true })],
  aboutItem: ["tag", () => ({ text: say("itemText"), product: { id: "BATIK-XL" } })],
  sendOrder: ["cart", () => ({ kind: "order", text: say("orderNote"), data: { items: [{ id: "BATIK-XL", quantity: 1, price: 249000, currency: "IDR" }, { id: "SARUNG", quantity: 2, price: 100000, currency: "IDR" }] } })],
  sendPoll: ["poll", () => ({ kind: "unsupported", data: { type: "poll" } })],
  sendForward: ["forward", () => ({ text: say("forwardText"), forwarded: true })],
  sendForm: ["form", () => ({ kind: "form", data: { answers: { rating: "4", comment: "Cepat" } } })],
};
const PLACES = [
  { name: "Monas", address: "Gambir, Jakarta Pusat", latitude: -6.1753924, longitude: 106.8271528 },
  { name: "Stasiun Bekasi", address: "Jl. Ir. H. Juanda, Bekasi", latitude: -6.2361, longitude: 106.9995 },
  { name: "", address: "", latitude: -6.9147, longitude: 107.6098 },
];

/** As what a chosen file is sent: what is no photo, video or sound goes as a document. */
function kindOf(file) {
  if (IMAGES.has(file.type)) return "image";
  if (file.type === "image/webp") return "sticker";
  if (VIDEOS.has(file.type)) return "video";
  return /^audio\/(aac|amr|mpeg|mp4|ogg)/.test(file.type) ? "audio" : "document";
}

const sheet = make("dialog.sheet-up.attach");
sheet.addEventListener("click", (event) => event.target === sheet && sheet.close());
sheet.addEventListener("close", () => sheet.replaceChildren());

function titled(word, ...parts) {
  sheet.ariaLabel = say(word);
  sheet.replaceChildren(make("header", {}, make("h2", { text: say(word) }), button("ghost", "close", say("close"), () => sheet.close())), ...parts);
  raise(sheet);
}

/** Opens the sheet. */
export function attach() {
  titled("attach",
    make("div.tiles.is-first", {},
      picker("image", "photos", "image/*,video/*"), picker("document", "file", ""), picker("audio", "sound", "audio/*"),
      tile("location", "location", askPlace), tile("contacts", "contacts", askCard)),
    make("h3", { text: say("samples") }),
    make("div.tiles", {}, ...Object.entries(SAMPLES).map(([name, kind]) =>
      tile(name === "voice" ? "mic" : kind, `sample_${name}`, () => send({ kind, sample: name })))),
    make("h3", { text: say("special") }),
    make("div.tiles", {}, ...Object.entries(SPECIAL).map(([word, [name, fields]]) => tile(name, word, () => send(fields())))));
}

function tile(name, word, onclick) {
  return make(`button.tile.is-${name}`, { type: "button", onclick }, make("span", {}, icon(name)), say(word));
}

function picker(name, word, accept) {
  const input = make("input", { type: "file", accept: accept || null, "aria-label": say(word) });
  input.addEventListener("change", () => {
    const [chosen] = input.files;
    if (!chosen) return;
    sheet.close();
    hold(chosen, name === "document" ? "document" : kindOf(chosen));
  });
  return make(`label.tile.is-${name}`, {}, make("span", {}, icon(name)), say(word), input);
}

function send(fields) {
  sheet.close();
  post(fields);
}

function field(name, word, facts = {}) {
  return make("label.field", {}, make("span", { text: say(word) }), make("input", { name, autocomplete: "off", ...facts }));
}

function filled(form, values) {
  for (const [name, value] of Object.entries(values)) if (form.elements[name]) form.elements[name].value = value;
}

function ask(word, fields, chips, submit) {
  const form = make("form", {}, chips, ...fields,
    make("div.buttons", {}, make("button.soft", { type: "button", text: say("back"), onclick: attach }), make("button.main", { text: say("send") })));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(Object.fromEntries(new FormData(form)));
  });
  titled(word, form);
  form.querySelector("input").focus();
  return form;
}

function askPlace() {
  const number = { type: "number", step: "any", required: true };
  const chips = make("div.chips", {}, ...PLACES.map((one) =>
    make("button.chip", { type: "button", text: one.name || `${one.latitude}, ${one.longitude}`, onclick: () => filled(form, one) })));
  const form = ask("location", [field("name", "placeName"), field("address", "address"),
    make("div.two", {}, field("latitude", "latitude", { ...number, min: -90, max: 90 }), field("longitude", "longitude", { ...number, min: -180, max: 180 }))],
  chips, (values) => send({ kind: "location", data: values }));
  filled(form, PLACES[0]);
}

function askCard() {
  const people = here.world.customers.filter((one) => !one.members && one.id !== here.customer).slice(0, 6);
  const chips = make("div.chips", { role: "group", "aria-label": say("pickContact") }, ...people.map((one) =>
    make("button.chip", { type: "button", text: one.name, onclick: () => filled(form, { name: one.name, phone: phone(one.phone) }) })));
  const form = ask("contacts", [field("name", "name", { required: true }), field("phone", "contactPhone", { required: true, inputmode: "tel" }),
    field("organization", "organization")], chips, (values) => send({ kind: "contacts", data: { contacts: [values] } }));
}
