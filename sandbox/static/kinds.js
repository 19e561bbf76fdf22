// How each kind of message looks: one row for each kind, draw(bubble) -> nodes.
import { bytes, face, icon, make, phone, rich } from "./dom.js";
import { mapOf } from "./map.js";
import { player } from "./player.js";
import { say, locale } from "./words.js";

const address = (media) => media.link || `/api/media/${media.id}`;

const DRAW = {
  text: words,
  choice: (one) => [...words(one), one.data.description && make("small.faded", { text: one.data.description })],
  image: (one) => [picture(one.data.media, one.text), ...words(one)],
  video: (one) => [film(one.data.media), ...words(one)],
  audio: (one) => [player(address(one.data.media), one.data.voice)],
  document: (one) => [paper(one.data.media), ...words(one)],
  sticker: (one) => [picture(one.data.media, say("sticker"), "sticker")],
  location: (one) => [place(one.data)],
  contacts: (one) => one.data.contacts.slice(0, 3).map(card).concat(more(one.data.contacts.length - 3)),
  order: (one) => [order(one.data.items), ...words(one)],
  form: (one) => [form(one)],
  unsupported: (one) => [line("poll", one.data.type === "poll" ? say("poll") : one.data.type)],
  buttons: (one) => framed(one),
  list: (one) => framed(one),
  template: (one) => framed(one),
  link: (one) => framed(one),
  request: (one) => framed(one),
};

/** What stands in the bubble: above the words where they came from, then the kind itself. */
export function content(one) {
  const { forwarded, referral, product } = one.data;
  return [
    forwarded && make("span.faded.from", {}, icon("forward"), say("forwarded")),
    referral && advertisement(referral),
    product && line("tag", say("aboutProduct"), product.id || product.product_retailer_id),
    ...(DRAW[one.kind] || words)(one),
  ].filter(Boolean);
}

/** A message in a few words: for quotes and the list of chats. */
export function brief(one) {
  if (one.deleted) return say("deletedKind");
  if (one.text) return one.text;
  return say(one.data?.voice ? "voice" : one.kind || "text");
}

function words(one) {
  return one.text ? [make("p.words", {}, ...rich(one.text))] : [];
}

function picture(media, words, look = "picture") {
  if (media.link) return paper(media);
  const image = make("img", { src: address(media), alt: words || say("image"), loading: "lazy" });
  image.addEventListener("error", () => image.replaceWith(line("image", say("goneFile"))));
  if (look === "sticker") return make("span.sticker", {}, image);
  return make("button.picture", { type: "button", onclick: () => enlarge(media, words) }, image);
}

function enlarge(media, words) {
  const shown = make("dialog.large", { "aria-label": words || say("image") },
    make("img", { src: address(media), alt: words || say("image") }),
    make("button.ghost", { type: "button", "aria-label": say("close"), onclick: () => shown.close() }, icon("close")));
  shown.addEventListener("click", (event) => event.target === shown && shown.close());
  shown.addEventListener("close", () => shown.remove());
  document.body.append(shown);
  shown.showModal();
}

function film(media) {
  if (media.link) return paper(media);
  return make("video.film", { src: address(media), controls: true, preload: "metadata", "aria-label": say("video") });
}

function paper(media) {
  const name = media.name || say("document");
  const ending = name.includes(".") ? name.split(".").pop().slice(0, 4).toUpperCase() : "";
  const facts = [ending, media.size && bytes(media.size, locale())].filter(Boolean).join(" · ");
  const how = media.link ? { target: "_blank", rel: "noopener" } : { download: name, title: say("download") };
  return make("a.paper", { href: address(media), ...how },
    make("span.sheet", {}, icon("document")),
    make("span", {}, make("b", { text: name }), make("small", { text: facts })), icon(media.link ? "out" : "download"));
}

function place(data) {
  const where = `https://www.openstreetmap.org/?mlat=${data.latitude}&mlon=${data.longitude}#map=16/${data.latitude}/${data.longitude}`;
  return make("a.place", { href: data.url || where, target: "_blank", rel: "noopener", title: say("openMap") },
    mapOf(data), make("b", { text: data.name || say("location") }),
    make("small", { text: data.address || `${data.latitude.toFixed(5)}, ${data.longitude.toFixed(5)}` }));
}

function card(one) {
  const name = one.name?.formatted_name || one.phones?.[0]?.phone || "?";
  const known = one.phones?.[0];
  return make("span.person", {}, face(name),
    make("span", {}, make("b", { text: name }),
      make("small", { text: known ? (/^\d+$/.test(known.phone) ? phone(known.phone) : known.phone) : "" }),
      one.org?.company && make("small", { text: one.org.company })));
}

const more = (count) => (count > 0 ? [make("small.faded", { text: say("others", { count }) })] : []);

function order(items) {
  const total = items.reduce((sum, one) => sum + one.price * (one.quantity || 1), 0);
  const price = total.toLocaleString(locale(), { style: "currency", currency: items[0].currency || "IDR", maximumFractionDigits: 0 });
  return line("cart", say("items", { count: items.reduce((sum, one) => sum + (one.quantity || 1), 0) }), price);
}

function form(one) {
  const rows = Object.entries(one.data.answers || {}).map(([key, value]) => `${key}: ${value}`).join(" · ");
  return line("form", say("answered"), rows);
}

function line(name, first, second) {
  return make("span.person", {}, make("span.sheet", {}, icon(name)),
    make("span", {}, make("b", { text: first }), second && make("small", { text: second })));
}

function advertisement(given) {
  return make("span.ad", {}, make("span.faded.from", {}, icon("ad"), say("ad")),
    make("b", { text: given.headline || "" }), make("small", { text: given.body || "" }));
}

/** What a company designs: a header, the words, a footer; its buttons stand under the bubble. */
function framed(one) {
  const media = one.data.header_media;
  const head = !media ? [] : media.kind === "image" ? [picture(media)] : media.kind === "video" ? [film(media)] : [paper(media)];
  return [...head, one.data.header && make("b.head", { text: one.data.header }), ...words(one),
    one.data.footer && make("small.faded", { text: one.data.footer })].filter(Boolean);
}
