// Tables of inputs as in Excel: arrows and Enter move, a pasted column fills downwards.
export const grids = (root) => {
  root.querySelectorAll("[data-grid]").forEach((grid) => {
    if (grid.dataset.wired) return;
    grid.dataset.wired = "yes";
    const column = (cell) => [...cell.parentElement.children].indexOf(cell);
    const step = (field, rows) => {
      const cell = field.closest("td");
      const at = column(cell);
      let row = cell.parentElement;
      while ((row = rows > 0 ? row.nextElementSibling : row.previousElementSibling)) {
        const next = row.children[at]?.querySelector("input");
        if (next) {
          next.focus();
          next.select();
          return next;
        }
      }
      return null;
    };
    grid.addEventListener("keydown", (event) => {
      if (event.target.tagName !== "INPUT") return;
      const rows = { ArrowDown: 1, Enter: 1, ArrowUp: -1 }[event.key];
      if (!rows) return;
      event.preventDefault();
      step(event.target, rows);
    });
    grid.addEventListener("paste", (event) => {
      const lines = (event.clipboardData?.getData("text/plain") ?? "").replace(/\r/g, "").replace(/\n$/, "").split("\n");
      if (lines.length < 2 || event.target.tagName !== "INPUT") return;
      event.preventDefault();
      let field = event.target;
      for (const line of lines) {
        if (!field) break;
        field.value = line.split("\t")[0].trim();
        field.dispatchEvent(new Event("input", { bubbles: true }));
        field = step(field, 1);
      }
    });
  });
};
