// Live parts: <section id="…" data-live="https://live…/watch?topic=…">. When the topic is notified, the page is read again
// through its own plane and this part alone is exchanged; never while somebody types in it, and not while nobody looks.
// Where no stream can be had (a proxy that cuts it, too many watchers) the part is read again every few seconds instead.
const sources = new Map();
const waitingParts = new Set();
const POLL_MS = 4000;  // with the reading itself the page is never older than five seconds
const SOON_MS = 150;
const LONGEST_REST_MS = 2000;
let polling = 0;

// One reading serves all parts that heard of something before it began. Between two readings lies ten times as long as
// one takes, so that a page that much happens on keeps neither its reader's machine nor the house busy.
let reading = { at: -Infinity };
let restsUntil = 0;
const readAgain = (since) => {
  if (reading.at < since) {
    const at = performance.now();
    const rest = () => { restsUntil = performance.now() + Math.min(LONGEST_REST_MS, 10 * (performance.now() - at)); };
    const text = fetch(location.href, { headers: { "X-Live": "1" }, credentials: "same-origin" })
      .then((answer) => (answer.ok && !answer.redirected ? answer.text() : ""));
    text.then(rest, rest);
    reading = { at, text };
  }
  return reading.text;
};

// What has changed by itself is marked for a moment, so that the eye finds it: elements with data-live-mark="name".
const marksOf = (part) => [...part.querySelectorAll("[data-live-mark]")];
const markFresh = (fresh, part) => {
  const before = new Map(marksOf(part).map((mark) => [mark.dataset.liveMark, mark.textContent]));
  for (const mark of marksOf(fresh)) mark.classList.toggle("is-fresh", before.get(mark.dataset.liveMark) !== mark.textContent);
};
const isInUse = (part) => document.hidden || part.querySelector("dialog[open]")
  || part.contains(document.activeElement?.closest("input, textarea, select"));

const exchange = async (id, since = performance.now()) => {
  const old = document.getElementById(id);
  if (!old) return;
  if (isInUse(old)) {
    waitingParts.add(id);
    return;
  }
  waitingParts.delete(id);
  const fresh = new DOMParser().parseFromString(await readAgain(since), "text/html").getElementById(id);
  const part = document.getElementById(id);  // another reading may have exchanged it meanwhile
  if (!fresh || !part || fresh.innerHTML === part.innerHTML) return;
  if (isInUse(part)) {  // a dialog was opened, or somebody began to type, while it was read
    waitingParts.add(id);
    return;
  }
  const open = [...part.querySelectorAll("details")].map((details) => details.open);
  fresh.querySelectorAll("details").forEach((details, number) => { details.open = open[number] ?? details.open; });
  markFresh(fresh, part);
  part.replaceWith(fresh);
  window.htmx?.process(fresh);
};

const watch = () => {
  for (const part of document.querySelectorAll("[data-live][id]")) {
    const known = sources.get(part.id);
    if (known && known.readyState !== EventSource.CLOSED) continue;
    const source = new EventSource(part.dataset.live);
    let soon = 0;
    let heardAt = 0;
    const read = () => {
      soon = 0;
      exchange(part.id, heardAt).catch(() => {});  // the next event or poll tries again
    };
    const refresh = () => {
      heardAt = performance.now();
      soon ||= setTimeout(read, Math.max(SOON_MS, restsUntil - heardAt));
    };
    source.addEventListener("refresh", refresh);
    // What happened while nobody listened: before a connection was lost and found again, and on a page that waits for
    // something due at once (data-live-hurries) between its drawing and the first connection.
    let isKnown = part.hasAttribute("data-live-hurries");
    source.addEventListener("open", () => {
      if (isKnown) refresh();
      isKnown = true;
    });
    sources.set(part.id, source);
  }
};
const catchUp = () => {
  if (document.hidden) return;
  watch();
  startPolling();
  for (const id of waitingParts) exchange(id).catch(() => {});
};

const poll = () => {
  if (document.hidden) return;
  for (const [id, source] of sources) if (source.readyState !== EventSource.OPEN) exchange(id).catch(() => {});
  watch();
};
const startPolling = () => { if (sources.size && !polling) polling = setInterval(poll, POLL_MS); };

watch();
startPolling();
document.addEventListener("visibilitychange", catchUp);
document.addEventListener("focusout", () => setTimeout(catchUp, 200));
addEventListener("pagehide", () => { for (const source of sources.values()) source.close(); });
