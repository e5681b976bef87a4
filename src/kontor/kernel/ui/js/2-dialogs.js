// Native dialogs: a button with data-opens="id" opens one; a click on the backdrop closes it.
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

// A form that asks first: data-confirms="dialog-id"; the dialog's button with data-confirmed sends it.
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

// Menus close on a click elsewhere and on Escape.
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
