// Opus packets out of a WebM recording, into an Ogg file: the browser records the one, WhatsApp
// sends the other. The sound itself is not touched.

const IDS = { segment: 0x18538067, tracks: 0x1654ae6b, entry: 0xae, codecPrivate: 0x63a2, cluster: 0x1f43b675, group: 0xa0, block: 0xa1, simple: 0xa3 };
const INSIDE = new Set([IDS.segment, IDS.tracks, IDS.entry, IDS.cluster, IDS.group]);
const RATE = 48000; // Ogg counts Opus at 48 kHz, whatever was recorded

const TABLE = Uint32Array.from({ length: 256 }, (_none, at) => {
  let sum = at << 24;
  for (let bit = 0; bit < 8; bit++) sum = (sum << 1) ^ (sum & 0x80000000 ? 0x04c11db7 : 0);
  return sum >>> 0;
});

/** A number as EBML writes it; with `marked` its length stays in it (as in ids). */
function number(data, at, marked) {
  let length = 1;
  while (length <= 8 && !(data[at] & (0x80 >> (length - 1)))) length++;
  let value = marked ? data[at] : data[at] & (0xff >> length);
  let unknown = value === 0xff >> length;
  for (let next = 1; next < length; next++) {
    value = value * 256 + data[at + next];
    unknown &&= data[at + next] === 0xff;
  }
  return { value, end: at + length, unknown: unknown && !marked };
}

/** The Opus header and the packets of a WebM recording. */
export function packetsOf(data) {
  const found = { head: null, packets: [] };
  let at = 0;
  while (at < data.length) {
    const id = number(data, at, true);
    const size = number(data, id.end, false);
    if (INSIDE.has(id.value)) { at = size.end; continue; } // its children follow at once
    const end = size.unknown ? data.length : size.end + size.value;
    if (id.value === IDS.codecPrivate) found.head = data.slice(size.end, end);
    if (id.value === IDS.simple || id.value === IDS.block)
      found.packets.push(data.slice(number(data, size.end, false).end + 3, end));
    at = end;
  }
  return found;
}

/** Samples at 48 kHz of one packet, which its first byte tells. */
function samples(packet) {
  const config = packet[0] >> 3;
  const frame = config < 12 ? [480, 960, 1920, 2880][config & 3] : config < 16 ? [480, 960][config & 1] : [120, 240, 480, 960][config & 3];
  const code = packet[0] & 3;
  return frame * (code === 0 ? 1 : code < 3 ? 2 : packet[1] & 63);
}

function page(packets, flags, position, sequence) {
  const lacing = packets.flatMap((one) => [...Array(Math.floor(one.length / 255)).fill(255), one.length % 255]);
  const bytes = new Uint8Array(27 + lacing.length + packets.reduce((sum, one) => sum + one.length, 0));
  const view = new DataView(bytes.buffer);
  bytes.set([0x4f, 0x67, 0x67, 0x53, 0, flags]);
  view.setBigUint64(6, BigInt(position), true);
  view.setUint32(14, 1, true);
  view.setUint32(18, sequence, true);
  bytes[26] = lacing.length;
  bytes.set(lacing, 27);
  let at = 27 + lacing.length;
  for (const one of packets) { bytes.set(one, at); at += one.length; }
  let sum = 0;
  for (const byte of bytes) sum = ((sum << 8) ^ TABLE[((sum >>> 24) ^ byte) & 255]) >>> 0;
  view.setUint32(22, sum, true);
  return bytes;
}

function plainHead() {
  const head = new Uint8Array(19);
  head.set([...new TextEncoder().encode("OpusHead"), 1, 1]);
  new DataView(head.buffer).setUint32(12, RATE, true);
  return head;
}

/** The same recording as an Ogg file. */
export function toOgg(webm) {
  const { head, packets } = packetsOf(webm);
  const tags = new Uint8Array(8 + 4 + 7 + 4);
  tags.set([...new TextEncoder().encode("OpusTags"), 7, 0, 0, 0, ...new TextEncoder().encode("sandbox")]);
  const pages = [page([head || plainHead()], 2, 0, 0), page([tags], 0, 0, 1)];
  let position = 0;
  for (let at = 0; at < packets.length; at += 25) {
    const some = packets.slice(at, at + 25);
    position += some.reduce((sum, one) => sum + samples(one), 0);
    pages.push(page(some, at + 25 >= packets.length ? 4 : 0, position, pages.length));
  }
  const whole = new Uint8Array(pages.reduce((sum, one) => sum + one.length, 0));
  let at = 0;
  for (const one of pages) { whole.set(one, at); at += one.length; }
  return whole;
}
