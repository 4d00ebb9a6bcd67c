// The print button; pages are laid out for A4 by the style sheet.
export const printing = () => {
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-print]")) window.print();
  });
};
