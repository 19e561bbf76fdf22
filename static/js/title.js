/* The page's title: what is open, and before it how many of one's own wait to be read. */

const COUNT = /^\(\d+\) /;
let words = document.title.replace(COUNT, "");
let unread = Number(document.title.match(/^\((\d+)\)/)?.[1] ?? 0);

function draw() {
  document.title = unread ? `(${unread}) ${words}` : words;
}

export function setTitle(next) {
  words = next;
  draw();
}

export function setUnread(count) {
  unread = Number(count) || 0;
  draw();
}
