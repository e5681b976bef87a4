// Live parts: <section id="…" data-live="https://live…/watch?topic=…">. When the topic is notified, the page is read again
// through its own plane and this part alone is exchanged; never while somebody types in it, and not while nobody looks.
// Where no stream can be had (a proxy that cuts it, too many watchers) the part is read again every few seconds instead.
const sources = new Map();
const waitingParts = new Set();
const POLL_MS = 15000;
let polling = 0;

const exchange = async (id) => {
  const part = document.getElementById(id);
  if (!part) return;
  if (document.hidden || part.querySelector("dialog[open]") || part.contains(document.activeElement?.closest("input, textarea, select"))) {
    waitingParts.add(id);
    return;
  }
  waitingParts.delete(id);
  const answer = await fetch(location.href, { headers: { "X-Live": "1" }, credentials: "same-origin" });
  if (!answer.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(id);
  if (!fresh || fresh.innerHTML === part.innerHTML) return;
  const open = [...part.querySelectorAll("details")].map((details) => details.open);
  fresh.querySelectorAll("details").forEach((details, number) => { details.open = open[number] ?? details.open; });
  part.replaceWith(fresh);
  window.htmx?.process(fresh);
};

const watch = () => {
  for (const part of document.querySelectorAll("[data-live][id]")) {
    const known = sources.get(part.id);
    if (known && known.readyState !== EventSource.CLOSED) continue;
    const source = new EventSource(part.dataset.live);
    let soon;
    const refresh = () => {
      clearTimeout(soon);
      soon = setTimeout(exchange, 150, part.id);
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
  for (const id of waitingParts) exchange(id);
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
