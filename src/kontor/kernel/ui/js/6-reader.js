// Theme and density change at once; the cookie keeps them for the next page. Language goes to the server.
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

// Print the page.
document.addEventListener("click", (event) => event.target.closest("[data-prints]") && print());

// Copy to the clipboard.
document.addEventListener("click", async (event) => {
  const source = event.target.closest("[data-copies]");
  if (!source) return;
  await navigator.clipboard.writeText(source.dataset.copies);
  const mark = source.querySelector("use");
  const before = mark?.getAttribute("href");
  mark?.setAttribute("href", before.replace(/#.*/, "#check"));
  setTimeout(() => mark?.setAttribute("href", before), 1500);
});

// Countdowns: minutes and seconds to an instant; at the end the element says what data-ended says.
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

// Toasts: close on request, or after eight seconds when nothing can be undone and nobody points at them.
const expire = (toast) => setTimeout(() => (toast.matches(":hover, :focus-within") ? expire(toast) : toast.remove()), 8000);
for (const toast of document.querySelectorAll("#toasts [data-toast].tone-ok:not(:has(form))")) expire(toast);
document.addEventListener("click", (event) => event.target.closest("[data-closes-toast]")?.closest("[data-toast]")?.remove());
