/* The page's title: what is open, and before it how many of one's own wait to be read; the same
   as a dot on its icon, and on the icon of an installed app. */

const COUNT = /^\(\d+\) /;
let words = document.title.replace(COUNT, "");
let unread = Number(document.title.match(/^\((\d+)\)/)?.[1] ?? 0);

const icon = document.querySelector("link[rel=icon]");
const [plain, dotted] = [icon.href, document.body.dataset.iconDot];

function draw() {
  const href = unread && dotted ? dotted : plain;
  if (icon.getAttribute("href") !== href) icon.setAttribute("href", href);
  document.title = unread ? `(${unread}) ${words}` : words;
}

export function setTitle(next) {
  words = next;
  draw();
}

export function setUnread(count) {
  unread = Number(count) || 0;
  draw();
  if (unread) navigator.setAppBadge?.(unread).catch(() => {});
  else navigator.clearAppBadge?.().catch(() => {});
}

draw();
