// Filters send themselves; quantities get minus and plus; a form is sent once, however often its button is pressed.
let waiting;
document.addEventListener("change", (event) => {
  // A search field has its own listener below; it also "changes" when a swap takes it away while it has the focus.
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

// Tick all, and how many are ticked.
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

// A file may be dropped anywhere on its field.
for (const drop of document.querySelectorAll("[data-file-drop]")) {
  const field = () => drop.querySelector("input[type=file]");
  drop.addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.toggle("is-over", !field().disabled); });
  drop.addEventListener("dragleave", () => drop.classList.remove("is-over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("is-over");
    // A field whose files are on their way up is replaced afterwards: what it took now would be lost.
    if (field().disabled) return;
    field().files = event.dataTransfer.files;
    field().dispatchEvent(new Event("change", { bubbles: true }));
  });
}

// Words that are used often go where the cursor is: <button data-inserts="field-id" data-text="…">. Ctrl Enter sends.
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
  // Files that are on their way up go first.
  if (form && !form.querySelector("input[type=file]:disabled")) form.requestSubmit();
});
// A mailed link that is one click: the page that a person sees sends its form by itself, once; coming back sends nothing.
const oneClick = document.querySelector("form[data-sends-itself]");
if (oneClick && performance.getEntriesByType("navigation")[0]?.type !== "back_forward") {
  const send = () => !document.prerendering && document.visibilityState === "visible" && !oneClick.dataset.isSent && oneClick.requestSubmit();
  for (const change of ["visibilitychange", "prerenderingchange"]) document.addEventListener(change, send);
  send();
}
