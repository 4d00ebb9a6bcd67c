// Menus and cells that open in place: one at a time, closed by Esc or a click elsewhere.
const SELECTOR = "details.picker[open], details.person[open], table.matrix details[open], .tabbar details[open]";

export const popovers = () => {
  document.addEventListener("click", (event) => {
    document.querySelectorAll(SELECTOR).forEach((box) => {
      if (!box.contains(event.target)) box.open = false;
    });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    document.querySelectorAll(SELECTOR).forEach((box) => {
      box.open = false;
      box.querySelector("summary")?.focus();
    });
  });
};
