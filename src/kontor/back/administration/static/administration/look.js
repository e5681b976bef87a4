// The look is shown while its sliders move: hues and radius are custom properties of the page.
const form = document.querySelector("form[data-look]");
const show = () => {
  for (const field of form.querySelectorAll("[data-hue]")) {
    const value = field.value + (field.dataset.hueUnit || "");
    document.documentElement.style.setProperty(field.dataset.hue, value);
    if (field.dataset.hue === "--radius") document.documentElement.style.setProperty("--radius-2", `${Math.round(field.value * 1.75)}px`);
  }
};
form?.addEventListener("input", show);
