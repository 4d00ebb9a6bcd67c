// Tables as in Excel: arrows and Enter move between cells, a pasted block fills cells rightwards and down.
import { fill, pasted } from "./pasting.js";

const FIELD = "input:not([type=hidden]), select, textarea";
const OPENS = "summary, a";

const at = (cell) => [...cell.parentElement.children].indexOf(cell);

const down = (cell, rows, what) => {
  const column = at(cell);
  let row = cell.parentElement;
  while ((row = rows > 0 ? row.nextElementSibling : row.previousElementSibling)) {
    const next = row.children[column]?.querySelector(what);
    if (next) return next;
  }
  return null;
};

const across = (cell, columns, what) => {
  let next = cell;
  while ((next = columns > 0 ? next.nextElementSibling : next.previousElementSibling)) {
    const found = next.querySelector(what);
    if (found) return found;
  }
  return null;
};

const go = (field, event) => {
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select?.();
};

const inputs = (grid) => {
  grid.addEventListener("keydown", (event) => {
    const rows = { ArrowDown: 1, Enter: 1, ArrowUp: -1 }[event.key];
    const cell = event.target.closest("td");
    if (rows && cell && event.target.tagName === "INPUT") go(down(cell, rows, FIELD), event);
  });
  grid.addEventListener("paste", (event) => {
    const lines = pasted(event);
    let cell = event.target.closest("td");
    if (!lines || !cell) return;
    event.preventDefault();
    for (const line of lines) {
      fill([cell, ...siblings(cell)], line);
      cell = down(cell, 1, FIELD)?.closest("td");
      if (!cell) break;
    }
  });
};

const siblings = (cell) => [...cell.parentElement.children].slice(at(cell) + 1);

const matrix = (grid) =>
  grid.addEventListener("keydown", (event) => {
    const cell = event.target.closest("td");
    if (!cell || !event.target.matches(OPENS)) return;
    const rows = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const columns = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (rows) go(down(cell, rows, OPENS), event);
    else if (columns) go(across(cell, columns, OPENS), event);
  });

const once = (root, selector, wire) =>
  root.querySelectorAll(selector).forEach((grid) => {
    if (grid.dataset.wired) return;
    grid.dataset.wired = "yes";
    wire(grid);
  });

export const grids = (root) => {
  once(root, "[data-grid], [data-paste-grid]", inputs);
  once(root, "[data-matrix]", matrix);
};
