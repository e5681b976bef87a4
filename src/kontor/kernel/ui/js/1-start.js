// What needs scripts shows up only when scripts run; what is swapped in later is prepared the same way.
const prepare = (root) => {
  for (const element of root.querySelectorAll("[data-needs-script][hidden], [data-closes-toast][hidden], [data-step][hidden]")) {
    element.hidden = false;
  }
  root.querySelector("[data-takes-focus]")?.focus();
  for (const tab of root.querySelectorAll(".tabs > [aria-current]")) tab.parentElement.scrollLeft = tab.offsetLeft - tab.parentElement.offsetLeft - 56;
};
prepare(document);
document.addEventListener("htmx:load", (event) => prepare(event.detail.elt));
