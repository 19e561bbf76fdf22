// Small pieces of page that every module draws with.

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
  node.append(...children.filter((child) => child != null && child !== false));
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

/** A button with a word beside its icon, or with the word as its label. */
export function button(look, name, word, onclick, facts = {}) {
  return make(`button.${look}`, { type: "button", "aria-label": word, title: word, onclick, ...facts }, icon(name));
}

/** Text with its web addresses as links, which open beside the sandbox. */
export function linked(text) {
  return text.split(/(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]*_~])/).map((piece, index) =>
    index % 2 ? make("a", { href: piece, target: "_blank", rel: "noopener", text: piece }) : piece);
}

const MARKS = { "*": "b", _: "i", "~": "s" };

/** Text as WhatsApp shows it: *bold*, _italic_, ~struck~, ```fixed```, and links. */
export function rich(text) {
  const found = /```([^]+?)```|(^|[\s(])([*_~])(\S|\S[^\n]*?\S)\3(?=$|[\s.,;:!?)])/m.exec(text);
  if (!found) return linked(text);
  const before = text.slice(0, found.index) + (found[2] || "");
  const rest = text.slice(found.index + found[0].length);
  const marked = found[1] ? make("code", { text: found[1] }) : make(MARKS[found[3]], {}, ...rich(found[4]));
  return [...linked(before), marked, ...rich(rest)];
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

export function hue(name) {
  let found = 0;
  for (const letter of name) found = (found * 31 + letter.codePointAt(0)) % 360;
  return found;
}

export function face(name) {
  const node = make("span.face", { text: initials(name), "aria-hidden": "true" });
  node.style.setProperty("--h", hue(name));
  return node;
}

export function bytes(size, language) {
  const [value, unit] = size < 1e6 ? [size / 1e3, "kB"] : [size / 1e6, "MB"];
  return `${value.toLocaleString(language, { maximumFractionDigits: value < 10 ? 1 : 0 })} ${unit}`;
}

export const minutes = (seconds) =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

/** Gives `parent` exactly these children; those that stay are not touched, so that what
 * plays goes on playing and what has the focus keeps it. */
export function settle(parent, nodes) {
  const wanted = new Set(nodes);
  for (const node of [...parent.childNodes]) if (!wanted.has(node)) node.remove();
  let at = parent.firstChild;
  for (const node of nodes) {
    if (node === at) at = at.nextSibling;
    else parent.insertBefore(node, at);
  }
}

/** Remembers nodes by name: drawn anew only when their key changes. */
export function keeper() {
  const drawn = new Map();
  return (name, facts, draw) => {
    const key = JSON.stringify(facts);
    if (drawn.get(name)?.key !== key) drawn.set(name, { key, node: draw() });
    return drawn.get(name).node;
  };
}
