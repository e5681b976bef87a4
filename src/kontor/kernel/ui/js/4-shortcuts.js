// One-letter shortcuts, never while somebody types: ? list, / search, j k rows, x select, Enter open, e edit, n new; any
// other letter that an element names with data-key (a field takes the focus, a link or button is pressed).
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
