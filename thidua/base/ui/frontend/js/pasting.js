// Reading a block of cells copied from Excel or Word.

/** The lines of a pasted block, each a list of cells; null when it is one plain value. */
export const pasted = (event) => {
  const text = (event.clipboardData?.getData("text/plain") ?? "").replace(/\r/g, "").replace(/\n$/, "");
  return /[\t\n]/.test(text) ? text.split("\n").map((line) => line.split("\t")) : null;
};

/** Write values into the fields of cells, left to right; a list takes the choice of the same words. */
export const fill = (cells, values) => {
  values.forEach((value, index) => {
    const field = cells[index]?.querySelector("input:not([type=hidden], [type=checkbox]), textarea, select");
    if (!field || field.readOnly || field.disabled) return;
    const words = value.trim();
    if (field.tagName === "SELECT") {
      const choice = [...field.options].find((one) => one.text.trim().toLowerCase() === words.toLowerCase());
      if (choice) field.value = choice.value;
    } else field.value = words;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
};
