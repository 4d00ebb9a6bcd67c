// A table that fits lets its head stick under the top bar; one too wide scrolls in its own box instead.
const watch = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const table = target.querySelector("table");
    if (table) target.classList.toggle("is-wide", table.scrollWidth > target.clientWidth + 1);
  }
});

export const tables = (root) => root.querySelectorAll(".table-wrap").forEach((box) => watch.observe(box));
