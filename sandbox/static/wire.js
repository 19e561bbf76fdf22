// Talks to the sandbox.

async function answered(answer) {
  if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).error || answer.status);
  return answer.json();
}

/** GET without a body, else POST of JSON. */
export async function ask(path, body) {
  return answered(await fetch(path, body === undefined ? {} : {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
  }));
}

/** POST with a file. */
export async function upload(path, fields, file, name) {
  const form = new FormData();
  for (const [key, value] of Object.entries(fields)) if (value) form.append(key, value);
  form.append("file", file, name || file.name);
  return answered(await fetch(path, { method: "POST", body: form }));
}

/** Listens for news; `hear(news)` gets each, and {what: "all"} after every (re)connection. */
export function listen(hear) {
  const banner = document.querySelector("#offline");
  const source = new EventSource("/api/events");
  source.onopen = () => { banner.hidden = true; hear({ what: "all" }); };
  source.onerror = () => { banner.hidden = false; };
  source.onmessage = (event) => hear(JSON.parse(event.data));
}

/** Many changes in a moment are one piece of work. */
export function soon(work, pause) {
  let timer = 0;
  return () => { clearTimeout(timer); timer = setTimeout(() => work().catch(() => {}), pause); };
}
