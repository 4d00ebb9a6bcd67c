// Add and remove rows of a table of forms; without JavaScript the spare rows at the end serve.
export const formsets = (root) => {
  root.querySelectorAll("[data-formset]").forEach((box) => {
    if (box.dataset.wired) return;
    box.dataset.wired = "yes";
    const total = box.querySelector("input[name$='-TOTAL_FORMS']");
    const template = box.querySelector("template");
    const body = box.querySelector("tbody");
    const add = () => {
      const index = Number(total.value);
      const holder = document.createElement("tbody");
      holder.innerHTML = template.innerHTML.replaceAll("__prefix__", index);
      total.value = index + 1;
      const row = holder.querySelector("tr");
      body.append(row);
      return row;
    };
    box.querySelector("[data-add-row]")?.addEventListener("click", () => add().querySelector("input, select, textarea")?.focus());
    box.addEventListener("click", (event) => {
      const button = event.target.closest("[data-remove-row]");
      if (!button) return;
      const row = button.closest("tr");
      const mark = row.querySelector("input[name$='-DELETE']");
      if (mark) mark.checked = true;
      row.classList.add("gone");
      row.querySelectorAll("input[required], select[required], textarea[required]").forEach((field) => (field.required = false));
      body.dispatchEvent(new Event("input", { bubbles: true }));
    });
    box.addEventListener("paste", (event) => {
      const text = event.clipboardData?.getData("text/plain") ?? "";
      const cell = event.target.closest("td");
      if (!cell || !/[\t\n]/.test(text.trim())) return;
      event.preventDefault();
      const start = [...cell.parentElement.children].indexOf(cell);
      let row = cell.parentElement;
      for (const line of text.replace(/\r/g, "").replace(/\n$/, "").split("\n")) {
        line.split("\t").forEach((value, offset) => {
          const field = row.children[start + offset]?.querySelector("input:not([type=hidden]), textarea, select");
          if (!field) return;
          if (field.tagName === "SELECT") {
            const option = [...field.options].find((one) => one.text.trim() === value.trim());
            if (option) field.value = option.value;
          } else field.value = value.trim();
        });
        row = row.nextElementSibling ?? add();
      }
      body.dispatchEvent(new Event("input", { bubbles: true }));
    });
  });
};
