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
  const all = hits();
  if (!all.length) return;
  const here = all.findIndex((hit) => hit.classList.contains("is-here"));
  all[here]?.classList.remove("is-here");
  const next = all[(here + step + all.length) % all.length];
  next.classList.add("is-here");
  next.scrollIntoView({ block: "nearest" });
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
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      walk(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && event.target === paletteField) {
      const here = hits().find((hit) => hit.classList.contains("is-here"));
      if (here) {
        event.preventDefault();
        here.click();
      }
    }
  });
  palette.addEventListener("htmx:afterSwap", () => hits()[0]?.classList.add("is-here"));
}
