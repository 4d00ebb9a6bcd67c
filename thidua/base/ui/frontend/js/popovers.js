// Menus and cells that open in place: one at a time, closed by Esc, by scrolling or by a click elsewhere.
const SELECTOR = "details.picker[open], details.person[open], details.opens[open], .tabbar details[open]";
const GAP = 6;

const place = (box) => {
  const shown = box.querySelector(".popover");
  const cell = box.querySelector("summary").getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = shown;
  const left = Math.min(cell.left, document.documentElement.clientWidth - width - GAP * 2);
  const below = cell.bottom + GAP;
  const above = cell.top - GAP - height;
  shown.style.left = `${Math.max(left, GAP)}px`;
  shown.style.top = `${below + height > window.innerHeight && above > 0 ? above : below}px`;
};

const closeAll = (but) =>
  document.querySelectorAll(SELECTOR).forEach((box) => {
    if (box !== but) box.open = false;
  });

export const popovers = () => {
  document.addEventListener("click", (event) => closeAll(event.target.closest("details")));
  document.addEventListener(
    "toggle",
    (event) => {
      const box = event.target;
      if (!box.open || !box.matches("details.opens")) return;
      closeAll(box);
      place(box);
    },
    true,
  );
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    document.querySelectorAll(SELECTOR).forEach((box) => {
      box.open = false;
      box.querySelector("summary").focus();
    });
  });
  const gone = () => document.querySelectorAll("details.opens[open]").forEach((box) => (box.open = false));
  window.addEventListener("scroll", gone, { passive: true });
  window.addEventListener("resize", gone);
};
