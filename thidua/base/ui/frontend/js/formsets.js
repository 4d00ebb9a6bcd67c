// Add and remove rows of a table of forms; without JavaScript the spare rows at the end serve.
import { lines } from "./lines.js";
import { fill, pasted } from "./pasting.js";

export const formsets = (root) => {
  root.querySelectorAll("[data-formset]").forEach((box) => {
    if (box.dataset.wired) return;
    box.dataset.wired = "yes";
    const total = box.querySelector("input[name$='-TOTAL_FORMS']") ?? box.parentElement.querySelector("input[name$='-TOTAL_FORMS']");
    const body = box.querySelector("tbody");
    const add = () => {
      const holder = document.createElement("tbody");
      holder.innerHTML = box.querySelector("template").innerHTML.replaceAll("__prefix__", total.value);
      total.value = Number(total.value) + 1;
      const row = holder.querySelector("tr");
      body.append(row);
      lines(row);
      return row;
    };
    const changed = () => body.dispatchEvent(new Event("input", { bubbles: true }));
    box.addEventListener("click", (event) => {
      if (event.target.closest("[data-add-row]")) add().querySelector("input, select, textarea")?.focus();
      const row = event.target.closest("[data-remove-row]")?.closest("tr");
      if (!row) return;
      const mark = row.querySelector("input[name$='-DELETE']");
      if (mark) mark.checked = true;
      else row.querySelectorAll("input, select, textarea").forEach((field) => (field.disabled = true));
      row.classList.add("gone");
      row.querySelectorAll("[required]").forEach((field) => (field.required = false));
      changed();
    });
    box.addEventListener("paste", (event) => {
      const lines = pasted(event);
      const cell = event.target.closest("td");
      if (!lines || !cell) return;
      event.preventDefault();
      const start = [...cell.parentElement.children].indexOf(cell);
      let row = cell.parentElement;
      lines.forEach((line, index) => {
        if (index) row = row.nextElementSibling ?? add();
        fill([...row.children].slice(start), line);
      });
    });
  });
};
