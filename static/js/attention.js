/* What calls for attention: a frame that says so was made for who holds this page (the server
   decides whom an event concerns). Here it is only played: once for all tabs, and not at all
   for what somebody is looking at. */

import { play } from "./sounds.js";
import * as thread from "./thread.js";
import { element } from "./ui.js";

const wishes = JSON.parse(document.getElementById("attention").textContent);
const PAUSE = 1500; // a burst is one sound
const OTHERS = 250; // milliseconds in which another tab may say that it is looking
const name = `attention:${location.pathname.split("/")[2]}:${document.body.dataset.member}`;
const tabs = "BroadcastChannel" in window ? new BroadcastChannel(name) : null;
const seen = new Set();
let leads = !navigator.locks;
let played = -Infinity;

navigator.locks?.request(name, () => new Promise(() => (leads = true)));
if (tabs) tabs.onmessage = ({ data }) => seen.add(data);

const isLooking = (number) => document.visibilityState === "visible" && document.hasFocus() && thread.openNumber() === number;

/** Whether a moment (milliseconds) lies in the member's working hours, in the workspace's zone. */
export function isWorking(hours, zone, now = Date.now()) {
  if (!hours) return true;
  const parts = Object.fromEntries(new Intl.DateTimeFormat("en-GB", { timeZone: zone, weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).formatToParts(now).map(({ type, value }) => [type, value]));
  const day = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].indexOf(parts.weekday);
  const clock = `${parts.hour}:${parts.minute}`;
  const [on, before] = [hours.days.includes(day), hours.days.includes((day + 6) % 7)];
  if (hours.begin < hours.end) return on && clock >= hours.begin && clock < hours.end;
  return (on && clock >= hours.begin) || (before && clock < hours.end);
}

/** A frame of the feed; most call nobody. */
export function heed(frame) {
  const activity = wishes.activities[frame.calls];
  if (!activity) return;
  if (frame.conversation && isLooking(frame.conversation.number)) return tabs?.postMessage(frame.seq);
  if (!leads || !isWorking(wishes.hours, document.body.dataset.zone)) return;
  setTimeout(() => !seen.has(frame.seq) && call(activity, frame), OTHERS);
}

function call({ ways, label }, frame) {
  if (ways.includes("sound") && performance.now() - played > PAUSE) {
    played = performance.now();
    play(wishes.tone, wishes.volume);
  }
  if (ways.includes("desktop")) show(label, frame);
}

/** One notice for each conversation: a newer one takes its place. Of many at once there are but
    `words`. */
function show(label, { conversation, row, words, seq }) {
  if (!("Notification" in window) || Notification.permission !== "granted") return;
  const html = row ? element(row) : null;
  const who = words ?? html?.querySelector(".row-link")?.textContent ?? `#${conversation.number}`;
  const said = html?.querySelector(".row-say")?.textContent.trim() ?? "";
  const notice = new Notification(who, { body: [label, said].filter(Boolean).join("\n"), tag: words ? `batch-${seq}` : `conversation-${conversation.id}`, renotify: true, silent: true, icon: document.querySelector("link[rel=icon]").href });
  notice.onclick = () => {
    window.focus();
    if (conversation) document.dispatchEvent(new CustomEvent("goto", { detail: { number: conversation.number }, cancelable: true }));
    notice.close();
  };
}
