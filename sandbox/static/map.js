// A little drawing of streets with a pin: no map comes from anywhere.
const NS = "http://www.w3.org/2000/svg";

function shape(name, facts) {
  const node = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(facts)) node.setAttribute(key, value);
  return node;
}

/** Different places have different streets, the same place always the same. */
export function mapOf({ latitude, longitude }) {
  let seed = Math.abs(Math.round(latitude * 1e4) * 7919 + Math.round(longitude * 1e4)) % 233280;
  const chance = () => (seed = (seed * 9301 + 49297) % 233280) / 233280;
  const svg = shape("svg", { viewBox: "0 0 260 120", class: "map", "aria-hidden": "true", preserveAspectRatio: "xMidYMid slice" });
  svg.append(shape("rect", { width: 260, height: 120, class: "land" }));
  svg.append(shape("rect", { x: chance() * 160, y: chance() * 60, width: 50 + chance() * 50, height: 34 + chance() * 30, rx: 5, class: "park" }));
  svg.append(shape("path", { d: `M-5 ${100 + chance() * 20}C80 ${70 + chance() * 50} 170 ${110 + chance() * 20} 265 ${80 + chance() * 30}V125H-5z`, class: "water" }));
  for (let at = chance() * 30; at < 260; at += 34 + chance() * 34)
    svg.append(shape("path", { d: `M${at} -5L${at + chance() * 30 - 15} 125`, class: "street" }));
  for (let at = 12 + chance() * 14; at < 120; at += 26 + chance() * 18)
    svg.append(shape("path", { d: `M-5 ${at}L265 ${at + chance() * 24 - 12}`, class: "street" }));
  svg.append(shape("path", { d: `M-5 ${40 + chance() * 30}L265 ${40 + chance() * 30}`, class: "street is-wide" }));
  svg.append(shape("path", { d: "M130 76s17-15 17-29a17 17 0 0 0-34 0c0 14 17 29 17 29z", class: "pin" }));
  svg.append(shape("circle", { cx: 130, cy: 47, r: 6, class: "dot" }));
  return svg;
}
