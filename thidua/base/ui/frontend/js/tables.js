// A table that fits lets its head stick under the top bar; one too wide scrolls in its own box instead.
const watch = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const table = target.querySelector("table");
    if (!table) continue;
    const wide = table.scrollWidth > target.clientWidth + 1;
    target.classList.toggle("is-wide", wide);
    if (!wide || target.hasAttribute("tabindex")) continue;
    target.tabIndex = 0; // those without a mouse scroll it with the arrow keys
    target.setAttribute("role", "region");
    target.setAttribute("aria-label", table.caption?.textContent.trim() || "Bảng cuộn ngang được");
  }
});

export const tables = (root) => root.querySelectorAll(".table-wrap").forEach((box) => watch.observe(box));
