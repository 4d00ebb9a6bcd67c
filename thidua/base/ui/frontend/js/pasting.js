// Reading a block of cells copied from Excel or Word.

const CELL = /(?:"((?:[^"]|"")*)"|([^\t\n]*))(\t|\n|$)/y; // quoted where it holds a line's end, as Excel does

/** The lines of a pasted block, each a list of cells; null when it is one plain value. */
export const pasted = (event) => {
  const text = (event.clipboardData?.getData("text/plain") ?? "").replace(/\r\n?/g, "\n").replace(/\n$/, "");
  return /[\t\n]/.test(text) ? block(text) : null;
};

const block = (text) => {
  const lines = [[]];
  CELL.lastIndex = 0;
  for (let end = "\t"; end; ) {
    const [, quoted, plain, after] = CELL.exec(text);
    lines.at(-1).push((quoted?.replaceAll('""', '"') ?? plain).replace(/\s*\n\s*/g, " "));
    if (after === "\n") lines.push([]);
    end = after;
  }
  return lines;
};

/** How many first lines are headings: words over a column of numbers. */
export const headings = (lines) => {
  const first = lines.findIndex(([cell]) => /\d|^\s*(hàng|[-–—]\s*$)/i.test(cell));
  return lines.slice(0, Math.max(first, 0)).some(([cell]) => cell.trim()) ? first : 0;
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
