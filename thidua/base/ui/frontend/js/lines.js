// Lines of a text worked as a small table: textarea[data-lines=KIND]. The text stays what is sent, and what is typed
// without JavaScript; a text that cannot be read as such lines keeps its area. Enter and arrows move, a block copied
// from Excel is pasted, a fault told as “Dòng 3: …” or with the ends of a band stands at its row.
import { pasted } from "./pasting.js";

const NUMBER = "[+\\-−]?\\d+(?:[.,]\\d+)?";
const isNumber = (text) => new RegExp(`^${NUMBER}$`).test(text.trim());
const SIGNS = { "≥": "từ", ">=": "từ", ">": "trên", "≤": "đến", "<=": "đến", "<": "dưới" };
const LOW = [["từ", "từ"], ["trên", "trên"]];
const HIGH = [["dưới", "dưới"], ["đến", "đến"]];
const BAND = new RegExp(
  `^(?:(từ|≥|>=|trên|>)\\s*(${NUMBER})\\s*%?)?\\s*(?:(đến|≤|<=|dưới|<)\\s*(${NUMBER})\\s*%?)?\\s*:\\s*(${NUMBER})(?:\\s*điểm)?[.;]?$`,
  "i",
);
const STEPS = ["mốc", "qua mốc", "mỗi", "thêm", "nhiều nhất"];
const STEP_MARKS = ["tính cả mốc", "càng ít càng tốt"];
const sign = (word) => SIGNS[word] ?? word?.toLowerCase();
const split = (line, mark, many) => {
  const parts = line.split(mark).map((part) => part.trim());
  return parts.length === many ? parts : null;
};

const KINDS = {
  bands: {
    columns: [
      { name: "Đầu dưới", options: LOW },
      { name: "Từ", number: true },
      { name: "Đầu trên", options: HIGH },
      { name: "Đến", number: true },
      { name: "Điểm", number: true },
    ],
    read: (line) => {
      const found = BAND.exec(line.trim());
      return found ? [sign(found[1]) ?? "từ", found[2] ?? "", sign(found[3]) ?? "dưới", found[4] ?? "", found[5]] : null;
    },
    write: ([low, from, high, to, points]) => {
      const ends = [from && `${low} ${from}`, to && `${high} ${to}`].filter(Boolean).join(" ");
      return ends || points ? `${ends}: ${points}` : "";
    },
  },
  honours: {
    columns: [{ name: "Danh hiệu, hình thức", wide: true, list: "danh-hieu", hint: "Gõ để chọn theo tên" }, { name: "Điểm", number: true }],
    read: (line) => (line.includes(":") ? [line.slice(0, line.lastIndexOf(":")).trim(), line.slice(line.lastIndexOf(":") + 1).trim()] : null),
    write: ([code, points]) => (code || points ? `${code}: ${points}` : ""),
  },
  classes: {
    columns: [{ name: "Loại", wide: true }, { name: "Điểm" }, { name: "Không có 0", check: "không có 0" }, { name: "Đủ mức tối thiểu", check: "đủ mức tối thiểu" }],
    read: (line) => {
      const [title, rest] = split(line, /:(.*)/s, 3) ?? [];
      if (rest === undefined) return null;
      const [range, ...words] = rest.split(";").map((word) => word.trim());
      const known = ["không có 0", "đủ mức tối thiểu"];
      return words.every((word) => known.includes(word)) ? [title, range, ...known.map((word) => (words.includes(word) ? word : ""))] : null;
    },
    write: ([title, range, ...words]) => (title || range ? [`${title}: ${range}`, ...words.filter(Boolean)].join("; ") : ""),
  },
  flags: {
    columns: [{ name: "Mã" }, { name: "Trường hợp", wide: true }, { name: "Hệ quả", wide: true, hint: "cao nhất: tên loại" }],
    read: (line) => split(line, /\t|\|/, 3),
    write: (cells) => (cells.some(Boolean) ? cells.join(" | ") : ""),
  },
  steps: {
    single: true,
    columns: [...STEPS.map((name) => ({ name: name[0].toUpperCase() + name.slice(1), number: true })), ...STEP_MARKS.map((name) => ({ name: name[0].toUpperCase() + name.slice(1), check: name }))],
    read: (line) => {
      const found = Array(STEPS.length + STEP_MARKS.length).fill("");
      for (const part of line.split(";").map((one) => one.trim()).filter(Boolean)) {
        const [word, value] = part.split(":").map((one) => one.trim());
        const at = STEPS.indexOf(word.toLowerCase());
        const mark = STEP_MARKS.indexOf(part.toLowerCase());
        if (mark >= 0) found[STEPS.length + mark] = part;
        else if (at >= 0) found[at] = value ?? "";
        else return null;
      }
      return found;
    },
    write: (cells) => cells.map((cell, at) => cell && (at < STEPS.length ? `${STEPS[at]}: ${cell}` : cell)).filter(Boolean).join("; "),
  },
  matrix: { free: true, read: (line) => line.split(/\t|\|/).map((cell) => cell.trim()), write: (cells) => (cells.some(Boolean) ? cells.join(" | ") : "") },
};

const node = (tag, given = {}, ...inside) => {
  const made = Object.assign(document.createElement(tag), given);
  made.append(...inside);
  return made;
};

class Lines {
  constructor(area, kind) {
    this.area = area;
    this.kind = KINDS[kind];
    this.box = node("div", { className: "lines-editor", role: "group", ariaLabel: area.labels[0]?.textContent ?? "" });
    this.draw();
    if (!this.box.firstChild) return;
    area.before(this.box);
    area.hidden = true;
    this.listen();
  }

  draw() {
    const told = this.area.value.split("\n").filter((line) => line.trim());
    const rows = told.map((line) => this.kind.read(line));
    if (rows.includes(null)) return;
    this.width = this.kind.free ? Math.max(3, ...rows.map((row) => row.length)) : this.kind.columns.length;
    const least = this.kind.single ? 1 : this.kind.free ? 2 : 3;
    while (rows.length < least) rows.push(this.empty());
    this.body = node("tbody");
    rows.forEach((row) => this.body.append(this.row(row)));
    const table = node("table", { className: "data lines-table" });
    if (!this.kind.free) {
      const heads = this.kind.columns.map((one) => node("th", { scope: "col" }, one.options ? node("span", { className: "visually-hidden" }, one.name) : one.name));
      table.append(node("thead", {}, node("tr", {}, ...heads, node("th", { scope: "col" }, node("span", { className: "visually-hidden" }, "Bỏ hàng")))));
    }
    table.append(this.body);
    this.box.replaceChildren(node("div", { className: "table-wrap" }, table));
    if (this.kind.single) return;
    const acts = node("p", {}, this.button("Thêm hàng", () => this.add()));
    if (this.kind.free) acts.append(" ", this.button("Thêm cột", () => this.widen()));
    this.box.append(acts);
  }

  empty() {
    return Array.from({ length: this.width ?? this.kind.columns?.length ?? 3 }, (_, at) => this.kind.columns?.[at]?.options?.[0][0] ?? "");
  }

  button(text, run) {
    const made = node("button", { type: "button", className: "btn btn-quiet" }, text);
    made.addEventListener("click", run);
    return made;
  }

  row(values) {
    const cells = Array.from({ length: this.width }, (_, at) => node("td", {}, this.field(values[at] ?? "", at)));
    const away = this.button("Bỏ", () => {
      made.remove();
      this.sync();
    });
    away.setAttribute("aria-label", "Bỏ hàng này");
    const made = node("tr", {}, ...cells, node("td", {}, ...(this.kind.single ? [] : [away]), node("span", { className: "field-error row-fault", hidden: true })));
    return made;
  }

  field(value, at) {
    const told = this.kind.columns?.[at] ?? { name: at ? `Cột ${at}` : "Hàng" };
    if (told.options) {
      const list = node("select", {}, ...told.options.map(([key, text]) => node("option", { value: key }, text)));
      list.value = value || told.options[0][0];
      list.setAttribute("aria-label", told.name);
      return list;
    }
    const made = told.check ? node("input", { type: "checkbox", checked: Boolean(value), value: told.check }) : node("input", { type: "text", value, autocomplete: "off" });
    made.className = [told.number && "num", told.wide && "wide"].filter(Boolean).join(" ");
    made.placeholder = told.hint ?? "";
    made.setAttribute("aria-label", told.name);
    if (told.list) made.setAttribute("list", told.list);
    return made;
  }

  fields(row) {
    return [...row.querySelectorAll("input, select")];
  }

  values(row) {
    return this.fields(row).map((one) => (one.type === "checkbox" ? (one.checked ? one.value : "") : one.value.trim()));
  }

  filled() {
    return [...this.body.rows].filter((row) => this.fields(row).some((one) => (one.type === "checkbox" ? one.checked : one.tagName === "INPUT" && one.value.trim())));
  }

  sync() {
    this.area.value = this.filled().map((row) => this.kind.write(this.values(row))).join("\n");
    for (const row of this.body.rows) this.check(row);
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  check(row) {
    const wrong = this.fields(row).filter((one) => one.classList.contains("num") && one.value.trim() && !isNumber(one.value));
    this.fields(row).forEach((one) => one.toggleAttribute("aria-invalid", wrong.includes(one)));
    this.fault(row, wrong.length ? `Không hiểu số “${wrong[0].value}”. Ghi như 0,5.` : "");
  }

  fault(row, text) {
    const place = row.querySelector(".row-fault");
    place.textContent = text;
    place.hidden = !text;
  }

  /** Faults told of the whole text, put at the row they speak of. */
  tell(sentences) {
    for (const sentence of sentences) {
      const line = /Dòng (\d+):\s*(.*)/.exec(sentence);
      const ends = [...sentence.matchAll(new RegExp(NUMBER, "g"))].map((one) => one[0]);
      const row = line ? this.filled()[line[1] - 1] : this.kind === KINDS.bands && this.filled().find((one) => [1, 3].some((at) => ends.includes(this.values(one)[at])));
      if (row) this.fault(row, line ? line[2] : sentence);
    }
  }

  add() {
    const row = this.row(this.empty());
    this.body.append(row);
    this.fields(row).find((one) => one.tagName === "INPUT").focus();
    return row;
  }

  widen() {
    this.width += 1;
    for (const row of this.body.rows) row.lastElementChild.before(node("td", {}, this.field("", this.width - 1)));
  }

  listen() {
    this.box.addEventListener("input", (event) => {
      event.stopPropagation();
      this.sync();
    });
    this.box.addEventListener("change", (event) => event.stopPropagation());
    this.box.addEventListener("keydown", (event) => this.press(event));
    this.box.addEventListener("paste", (event) => this.paste(event));
    this.area.form.addEventListener("restored", () => this.draw());
  }

  press(event) {
    const step = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.target.tagName !== "INPUT") return;
    event.preventDefault();
    const row = event.target.closest("tr");
    const at = this.fields(row).indexOf(event.target);
    const next = step > 0 ? (row.nextElementSibling ?? (event.key === "Enter" && !this.kind.single ? this.add() : null)) : row.previousElementSibling;
    if (next) this.fields(next)[at].focus();
  }

  paste(event) {
    const lines = pasted(event);
    if (!lines || event.target.tagName !== "INPUT") return;
    event.preventDefault();
    const texts = (row) => this.fields(row).filter((one) => one.type === "text");
    let row = event.target.closest("tr");
    const start = texts(row).indexOf(event.target);
    lines.forEach((line, index) => {
      if (index) row = row.nextElementSibling ?? this.add();
      while (this.kind.free && start + line.length > this.width) this.widen();
      line.forEach((cell, at) => this.fill(texts(row)[start + at], cell.trim()));
    });
    this.sync();
  }

  fill(field, text) {
    if (!field) return;
    const found = /^(≥|>=|>|≤|<=|<)\s*(.*)$/.exec(text);
    const list = field.closest("td").previousElementSibling?.querySelector("select");
    if (found && list) list.value = SIGNS[found[1]];
    field.value = (found && list ? found[2] : text).replace(/\s*%$/, "");
  }
}

const told = (root) => [...root.querySelectorAll(".wrong, .errorlist li, .field-error:not(.row-fault)")].map((one) => one.textContent.trim());

export const lines = (root) =>
  root.querySelectorAll("textarea[data-lines]").forEach((area) => {
    if (area.dataset.wiredLines || area.name.includes("__prefix__")) return;
    area.dataset.wiredLines = "yes";
    const by = area.dataset.lines === "by-type" ? area.closest("tr").querySelector("select[name$='-type']") : null;
    let editor = null;
    const wire = (kind) => {
      editor?.box.remove();
      area.hidden = false;
      editor = KINDS[kind] ? new Lines(area, kind) : null;
      if (by) area.hidden = true; // a rule without details asks for none
    };
    wire(by ? by.value : area.dataset.lines);
    by?.addEventListener("change", () => wire(by.value));
    editor?.body && editor.tell(told(area.form));
    area.form.addEventListener("htmx:afterSwap", () => {
      if (!editor?.body) return;
      for (const row of editor.body.rows) editor.check(row);
      if (area.offsetParent ?? editor.box.offsetParent) editor.tell(told(area.form));
    });
  });
