// The palette: Ctrl+K opens it, arrows walk through the results, Enter opens. Without scripts the field is a search form.
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
