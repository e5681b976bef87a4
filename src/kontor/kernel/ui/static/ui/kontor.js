{
const prepare = (root) => {
  for (const element of root.querySelectorAll("[data-needs-script][hidden], [data-closes-toast][hidden], [data-step][hidden]")) {
    element.hidden = false;
  }
  root.querySelector("[data-takes-focus]")?.focus();
  for (const tab of root.querySelectorAll(".tabs > [aria-current]")) tab.parentElement.scrollLeft = tab.offsetLeft - tab.parentElement.offsetLeft - 56;
};
prepare(document);
document.addEventListener("htmx:load", (event) => prepare(event.detail.elt));
}
{
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  const dialog = opener && document.getElementById(opener.dataset.opens);
  if (dialog instanceof HTMLDialogElement) {
    event.preventDefault();
    opener.closest("details[open]")?.removeAttribute("open");
    dialog.showModal();
    dialog.dispatchEvent(new CustomEvent("dialog-opens"));
  } else if (event.target instanceof HTMLDialogElement) {
    const frame = event.target.getBoundingClientRect();
    const inside = event.clientX >= frame.left && event.clientX <= frame.right && event.clientY >= frame.top && event.clientY <= frame.bottom;
    if (!inside) event.target.close();
  }
});
document.addEventListener("submit", (event) => {
  const dialog = document.getElementById(event.target.dataset?.confirms ?? "");
  if (!(dialog instanceof HTMLDialogElement) || event.target.dataset.isConfirmed) return;
  event.preventDefault();
  dialog.showModal();
  dialog.querySelector("[data-confirmed]")?.addEventListener("click", () => {
    event.target.dataset.isConfirmed = "yes";
    event.target.requestSubmit(event.submitter);
  }, { once: true });
});
const openMenus = () => document.querySelectorAll("details[data-menu][open]");
document.addEventListener("click", (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
  if (location.hash === "#side") location.hash = "main";
});
}
{
const palette = document.getElementById("palette");
const paletteField = palette?.querySelector("input");
const hits = () => [...palette.querySelectorAll(".palette-results a")];

const openPalette = () => {
  if (!palette.open) palette.showModal();
  paletteField.select();
  paletteField.dispatchEvent(new CustomEvent("load-palette"));
};
const walk = (step) => {
  const stops = [paletteField, ...hits()];
  const here = Math.max(stops.indexOf(document.activeElement), 0);
  const next = stops[(here + step + stops.length) % stops.length];
  hits().forEach((hit) => hit.classList.remove("is-here"));
  next.focus();
};

if (palette) {
  palette.addEventListener("dialog-opens", openPalette);
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      openPalette();
    }
  });
  palette.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.preventDefault(); // a search field would only be emptied
      palette.close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      walk(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && event.target === paletteField) {
      const first = hits()[0];
      if (first?.classList.contains("is-here")) {
        event.preventDefault();
        first.click();
      }
    } else if (event.target !== paletteField && (event.key.length === 1 || event.key === "Backspace")) {
      paletteField.focus();
    }
  });
  palette.addEventListener("htmx:afterSwap", () => hits()[0]?.classList.add("is-here"));
}
}
{
const isTyping = (target) => target.closest?.("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
const rowsHere = () => [...document.querySelectorAll("[data-rows] tbody tr, ul[data-rows] > li")];
const hereRow = () => document.querySelector("[data-rows] .is-here");

const walkRows = (step) => {
  const rows = rowsHere();
  const next = rows[rows.indexOf(hereRow()) + step] ?? (hereRow() ? null : rows[0]);
  if (!next) return;
  hereRow()?.classList.remove("is-here");
  next.classList.add("is-here");
  next.querySelector("a")?.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
};
const press = (key) => document.querySelector(`[data-key="${key}"]`);

const shortcuts = {
  "?": () => document.getElementById("shortcuts")?.showModal(),
  "/": () => [...document.querySelectorAll("[data-search]")].find((field) => field.checkVisibility())?.focus(),
  j: () => walkRows(1),
  k: () => walkRows(-1),
  x: () => hereRow()?.querySelector(".tick")?.click(),
  e: () => (hereRow()?.querySelector("[data-key=e]") ?? press("e"))?.click(),
  n: () => press("n")?.click(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || document.querySelector("dialog[open]")) return;
  const named = /^[a-z]$/.test(event.key) ? press(event.key) : null;
  if (Object.hasOwn(shortcuts, event.key)) shortcuts[event.key]();
  else if (named) named.matches("input, textarea, select") ? named.focus() : named.click();
  else return;
  event.preventDefault();
});
}
{
let waiting;
document.addEventListener("change", (event) => {
  if (event.target.type !== "search") event.target.closest("form[data-autosubmit]")?.requestSubmit();
});
document.addEventListener("input", (event) => {
  if (!event.target.matches?.("form[data-autosubmit] input[type=search]")) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => event.target.form.requestSubmit(), 400);
});
document.addEventListener("click", (event) => {
  const step = event.target.closest("[data-step]");
  const field = step?.closest("[data-quantity]")?.querySelector("input");
  if (!field) return;
  const wanted = (Number(field.value.replace(/[.,\s](?=\d{3})/g, "")) || 0) + Number(step.dataset.step);
  field.value = Math.min(Math.max(wanted, Number(field.min || 1)), Number(field.max || 99999));
  field.dispatchEvent(new Event("change", { bubbles: true }));
});
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method !== "post") return;
  if (event.target.dataset.isSent) return event.preventDefault();
  event.target.dataset.isSent = "yes";
  event.submitter?.setAttribute("aria-busy", "true");
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-is-sent]")) delete form.dataset.isSent;
  for (const button of document.querySelectorAll("form .button[aria-busy]")) button.removeAttribute("aria-busy");
});
const countTicks = (form) => {
  const ticks = [...form.querySelectorAll("tbody .tick")];
  const ticked = ticks.filter((tick) => tick.checked).length;
  for (const place of form.querySelectorAll("[data-ticked-count]")) place.textContent = ticked.toLocaleString(document.documentElement.lang);
  const all = form.querySelector("[data-ticks-all]");
  if (all) {
    all.checked = ticked > 0 && ticked === ticks.length;
    all.indeterminate = ticked > 0 && ticked < ticks.length;
  }
};
document.addEventListener("change", (event) => {
  const form = event.target.closest?.(".tick") && event.target.form;
  if (!form) return;
  if (event.target.matches("[data-ticks-all]")) {
    for (const tick of form.querySelectorAll("tbody .tick")) tick.checked = event.target.checked;
  }
  countTicks(form);
});
for (const drop of document.querySelectorAll("[data-file-drop]")) {
  const field = () => drop.querySelector("input[type=file]");
  drop.addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.toggle("is-over", !field().disabled); });
  drop.addEventListener("dragleave", () => drop.classList.remove("is-over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("is-over");
    if (field().disabled) return;
    field().files = event.dataTransfer.files;
    field().dispatchEvent(new Event("change", { bubbles: true }));
  });
}
document.addEventListener("click", (event) => {
  const source = event.target.closest("[data-inserts]");
  const field = source && document.getElementById(source.dataset.inserts);
  if (!field) return;
  field.focus();
  field.setRangeText(source.dataset.text, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  source.closest("details")?.removeAttribute("open");
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const form = event.target.closest("form[data-sends]");
  if (form && !form.querySelector("input[type=file]:disabled")) form.requestSubmit();
});
const oneClick = document.querySelector("form[data-sends-itself]");
if (oneClick && performance.getEntriesByType("navigation")[0]?.type !== "back_forward") {
  const send = () => !document.prerendering && document.visibilityState === "visible" && !oneClick.dataset.isSent && oneClick.requestSubmit();
  for (const change of ["visibilitychange", "prerenderingchange"]) document.addEventListener(change, send);
  send();
}
}
{
document.addEventListener("click", (event) => {
  const choice = event.target.closest("[data-preferences] button[name=theme], [data-preferences] button[name=density]");
  if (!choice) return;
  event.preventDefault();
  document.documentElement.dataset[choice.name] = choice.value;
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `kontor_${choice.name}=${choice.value}; path=/; max-age=31536000; samesite=lax${secure}`;
  for (const other of document.querySelectorAll(`[data-preferences] button[name=${choice.name}]`)) {
    other.setAttribute("aria-pressed", String(other.value === choice.value));
  }
});
document.addEventListener("click", (event) => event.target.closest("[data-prints]") && print());
document.addEventListener("click", async (event) => {
  const source = event.target.closest("[data-copies]");
  if (!source) return;
  await navigator.clipboard.writeText(source.dataset.copies);
  const mark = source.querySelector("use");
  const before = mark?.getAttribute("href");
  mark?.setAttribute("href", before.replace(/#.*/, "#check"));
  setTimeout(() => mark?.setAttribute("href", before), 1500);
});
const tick = () => {
  for (const place of document.querySelectorAll("[data-countdown]")) {
    const left = Math.max(0, Math.floor((Date.parse(place.dataset.countdown) - Date.now()) / 1000));
    if (Number.isNaN(left)) continue;
    const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    place.textContent = left || !place.dataset.ended ? clock : place.dataset.ended;
  }
};
if (document.querySelector("[data-countdown]")) {
  tick();
  setInterval(tick, 1000);
}
const expire = (toast) => setTimeout(() => (toast.matches(":hover, :focus-within") ? expire(toast) : toast.remove()), 8000);
for (const toast of document.querySelectorAll("#toasts [data-toast].tone-ok:not(:has(form))")) expire(toast);
document.addEventListener("click", (event) => event.target.closest("[data-closes-toast]")?.closest("[data-toast]")?.remove());
}
{
const sources = new Map();
const waitingParts = new Set();
const POLL_MS = 4000;  // with the reading itself the page is never older than five seconds
const SOON_MS = 150;
const LONGEST_REST_MS = 2000;
let polling = 0;
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
}
