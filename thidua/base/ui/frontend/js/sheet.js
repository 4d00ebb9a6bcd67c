// A table of fields worked like an Excel sheet: form[data-sheet=ADDRESS] around table.sheet.
// Enter, Tab and arrows move; F2 edits inside a cell, Esc gives it back, Delete empties it; a block copied from
// Excel is pasted over the cells; Shift with arrows picks a column's cells, Ctrl+D fills them down; Ctrl+Z takes back.
// What changed is sent cell by cell and answered cell by cell:
// {saved, cells: {name: {text, version}}, faults: {name: {reason, offer, version}}, computed: {key: text}}.
import { askToSignIn, keep, kept, placeOf, post } from "./keeping.js";
import { headings, pasted } from "./pasting.js";

const PAUSE = 500; // milliseconds after leaving a cell
const RETRY = 8000; // and after a failed sending
const FIELD = "input:not([type=hidden])";

const fieldIn = (cell) => cell?.querySelector(FIELD) ?? null;
const place = (field) => {
  const cell = field.closest("td");
  return { row: cell.parentElement, column: [...cell.parentElement.children].indexOf(cell) };
};

const vertical = (field, step) => {
  const { row, column } = place(field);
  for (let next = row; (next = step > 0 ? next.nextElementSibling : next.previousElementSibling); ) {
    const found = fieldIn(next.children[column]);
    if (found) return found;
  }
  return null;
};

const horizontal = (field, step) => {
  const all = [...field.closest("table").querySelectorAll(`tbody ${FIELD}`)];
  return all[all.indexOf(field) + step] ?? null;
};

class Sheet {
  constructor(form) {
    this.form = form;
    this.key = placeOf("sheet", location.pathname);
    this.before = "";
    this.editing = false;
    this.done = [];
    this.undone = [];
    this.waiting = new Set();
    this.told = document.querySelectorAll("[data-saved]");
    this.told.forEach((box) => box.setAttribute("role", "status"));
    this.listen();
    this.recall();
  }

  listen() {
    const on = (kind, run) => this.form.addEventListener(kind, run);
    on("focusin", (event) => event.target.matches(FIELD) && this.enter(event.target));
    on("focusout", (event) => event.target.matches(FIELD) && this.commit(event.target));
    on("mouseup", (event) => {
      if (event.target.matches(FIELD) && this.justEntered) event.preventDefault();
      else if (event.target.matches(FIELD)) this.editing = true;
      this.justEntered = false;
    });
    on("keydown", (event) => event.target.matches(FIELD) && this.press(event));
    on("paste", (event) => event.target.matches(FIELD) && this.paste(event));
    on("click", (event) => {
      const button = event.target.closest("[data-offer]");
      if (button) this.take(button);
    });
    on("copy", (event) => event.target.matches(FIELD) && this.copy(event));
    on("submit", () => {
      clearTimeout(this.timer);
      this.leaving = true; // what was typed stays kept until the page that follows shows it
    });
    window.addEventListener("pagehide", () => this.waiting.size && !this.leaving && this.send(true));
    window.addEventListener("online", () => this.send());
    document.querySelector("[data-undo]")?.addEventListener("click", (event) => this.again(event, this.done, this.undone, "from"));
    document.querySelector("[data-redo]")?.addEventListener("click", (event) => this.again(event, this.undone, this.done, "to"));
  }

  enter(field) {
    if (!this.picking) this.anchor = field;
    this.picking = false;
    this.pick(field);
    this.before = field.value;
    this.editing = false;
    this.justEntered = true;
    field.select();
  }

  go(field, event) {
    event.preventDefault();
    if (field) field.focus();
    else {
      this.commit(event.target);
      this.enter(event.target);
      this.justEntered = false;
    }
  }

  press(event) {
    if (event.isComposing) return undefined; // a Vietnamese keyboard is still putting a letter together
    const field = event.target;
    const command = event.ctrlKey || event.metaKey;
    this.justEntered = false;
    if (command && event.key.toLowerCase() === "z") return this.back(field, event);
    if (command && event.key.toLowerCase() === "y") return this.again(event, this.undone, this.done, "to");
    if (command && event.key.toLowerCase() === "d") return this.down(field, event);
    if (command || event.altKey) return undefined;
    if (event.shiftKey && !this.editing && ["ArrowDown", "ArrowUp"].includes(event.key)) return this.extend(field, event);
    const rows = { ArrowDown: 1, ArrowUp: -1, Enter: event.shiftKey ? -1 : 1 }[event.key];
    const columns = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (rows) return this.go(vertical(field, rows), event);
    if (columns && !this.editing) this.go(horizontal(field, columns), event);
    else if (event.key === "F2") this.edit(field, event);
    else if (event.key === "Escape") this.give(field);
    else if (event.key === "Delete" && !this.editing) this.clear(field, event);
  }

  edit(field, event) {
    event.preventDefault();
    this.editing = true;
    field.setSelectionRange(field.value.length, field.value.length);
  }

  give(field) {
    field.value = this.before;
    this.editing = false;
    field.select();
  }

  clear(field, event) {
    event.preventDefault();
    this.write(field, () => "");
  }

  picked(field) {
    const found = [field];
    const step = this.anchor && this.anchor.compareDocumentPosition(field) & Node.DOCUMENT_POSITION_PRECEDING ? 1 : -1;
    for (let one = field; this.anchor && one !== this.anchor && (one = vertical(one, step)); ) found.push(one);
    return step > 0 ? found : found.reverse();
  }

  pick(field) {
    this.form.querySelectorAll("td.picked").forEach((cell) => cell.classList.remove("picked"));
    const found = this.picked(field);
    if (found.length > 1) found.forEach((one) => one.closest("td").classList.add("picked"));
  }

  extend(field, event) {
    const next = vertical(field, event.key === "ArrowDown" ? 1 : -1);
    event.preventDefault();
    if (!next) return;
    this.picking = true;
    next.focus();
  }

  down(field, event) {
    event.preventDefault();
    const found = this.picked(field);
    const above = found.length > 1 ? found[0] : vertical(field, -1);
    if (above) this.write(field, () => above.value);
  }

  write(field, what) {
    const batch = this.picked(field).map((one) => ({ field: one, from: one === field ? this.before : one.value, to: what(one) }));
    const changed = batch.filter((change) => change.from !== change.to);
    for (const change of batch) change.field.value = change.to;
    this.before = field.value;
    if (changed.length) this.keep(changed);
  }

  copy(event) {
    const found = this.picked(event.target);
    if (found.length < 2) return;
    event.preventDefault();
    event.clipboardData.setData("text/plain", found.map((field) => field.value).join("\n"));
  }

  back(field, event) {
    if (field.value !== this.before) {
      event.preventDefault();
      return this.give(field);
    }
    return event.shiftKey ? this.again(event, this.undone, this.done, "to") : this.again(event, this.done, this.undone, "from");
  }

  again(event, from, onto, end) {
    event.preventDefault();
    const batch = from.pop();
    if (!batch) return;
    onto.push(batch);
    for (const change of batch) this.set(change.field, change[end]);
    const first = batch[0].field;
    first.focus();
    this.enter(first);
    this.later(PAUSE);
  }

  set(field, value) {
    field.value = value;
    this.waiting.add(field);
    if (field === document.activeElement) this.before = value;
  }

  commit(field) {
    const from = this.before;
    if (field.value === from) return;
    this.keep([{ field, from, to: field.value }]);
    this.before = field.value;
  }

  keep(batch) {
    this.done.push(batch);
    this.undone = [];
    for (const change of batch) this.waiting.add(change.field);
    this.later(PAUSE);
  }

  paste(event) {
    const lines = pasted(event);
    if (!lines) return this.pasteOne(event);
    event.preventDefault();
    const { row, column } = place(event.target);
    const batch = [];
    const heads = event.target.matches(".num") ? headings(lines) : 0;
    let passed = 0;
    let line = row;
    for (const values of lines.slice(heads)) {
      values.forEach((value, at) => {
        const field = fieldIn(line?.children[column + at]);
        if (!field) passed += value.trim() ? 1 : 0;
        else if (field.value !== value.trim()) {
          batch.push({ field, from: field.value, to: value.trim() });
          field.value = value.trim();
        }
      });
      line = line?.nextElementSibling ?? null;
    }
    this.before = event.target.value;
    if (batch.length) this.keep(batch);
    const emptied = batch.filter((change) => !change.to).length;
    const more = [
      emptied && `trong đó ${emptied} ô thành trống`,
      heads && `bỏ ${heads} dòng tiêu đề`,
      passed && `bỏ qua ${passed} ô nằm ngoài bảng hoặc không ghi được`,
    ].filter(Boolean);
    this.said = `Đã dán ${[`${batch.length} ô`, ...more].join(", ")}. `;
    this.say(this.said);
    return undefined;
  }

  pasteOne(event) {
    const text = (event.clipboardData?.getData("text/plain") ?? "").trim();
    if (this.picked(event.target).length < 2) return;
    event.preventDefault();
    this.write(event.target, () => text);
  }

  take(button) {
    const field = fieldIn(button.closest("td"));
    const from = field.value;
    field.value = button.dataset.offer;
    button.remove();
    this.keep([{ field, from, to: field.value }]);
    field.focus();
  }

  version(field) {
    const source = field.name.startsWith("n-") ? this.form.elements[`r${field.name.slice(1)}`] : field;
    return source?.dataset.version ?? "0";
  }

  later(pause) {
    this.remember();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), pause);
  }

  remember() {
    keep(this.key, [...this.waiting].map((field) => [field.name, field.value, this.version(field)]));
  }

  recall() {
    for (const [name, value, version] of kept(this.key) ?? []) {
      const field = this.form.elements[name];
      if (!field || field.value === value) continue;
      if (!name.startsWith("n-")) field.dataset.version = version;
      this.set(field, value);
    }
    if (this.waiting.size) this.later(PAUSE);
    else this.remember();
  }

  async send(leaving = false) {
    if (this.sending && !leaving) return this.later(PAUSE);
    const sent = new Map([...this.waiting].map((field) => [field, field.value]));
    if (!sent.size) return;
    const body = new URLSearchParams({ csrfmiddlewaretoken: this.form.elements.csrfmiddlewaretoken.value });
    for (const [field, value] of sent) {
      body.set(field.name, value);
      body.set(`seen-${field.name.replace(/^n/, "r")}`, this.version(field));
    }
    this.sending = true;
    try {
      const { ok, signedOut, told } = await post(this.form.dataset.sheet, body, { leaving });
      if (signedOut) return askToSignIn(this.told, "Số liệu");
      if (!ok) return this.say(told.error || "Chưa lưu được. Số liệu giữ trên máy này; anh/chị tải lại trang.", true);
      this.settle(sent, told);
    } catch {
      this.say("Mất mạng: số liệu giữ trên máy này, tự gửi lại khi có mạng.", true);
      this.later(RETRY);
    } finally {
      this.sending = false;
    }
  }

  settle(sent, told) {
    for (const [field, value] of sent) if (field.value === value) this.waiting.delete(field);
    for (const field of sent.keys()) this.fault(field, told.faults?.[field.name]);
    for (const [name, cell] of Object.entries(told.cells ?? {})) {
      const field = this.form.elements[name];
      if (!field) continue;
      this.mark(field, cell.version);
      const untouched = sent.get(field) === field.value && (field !== document.activeElement || field.value === this.before);
      if (untouched && field.value !== cell.text) {
        field.value = cell.text;
        if (field === document.activeElement) this.enter(field);
      }
    }
    this.form.querySelectorAll("[data-computed]").forEach((box) => {
      const text = told.computed?.[box.dataset.computed];
      if (text !== undefined) box.textContent = text;
    });
    this.remember();
    this.report(told);
  }

  report(answer) {
    const wrong = this.form.querySelectorAll("[aria-invalid=true]").length;
    const saved = answer.saved ? `Đã lưu lúc ${answer.saved}` : "";
    const told = [saved, wrong ? `${wrong} ô chưa lưu được, lý do ghi tại ô` : ""].filter(Boolean).join(". ");
    this.say(`${this.said ?? ""}${told}`, wrong > 0);
    this.said = "";
  }

  mark(field, version) {
    field.dataset.version = version;
    const seen = this.form.elements[`seen-${field.name}`];
    if (seen) seen.value = version;
  }

  fault(field, fault) {
    const box = document.getElementById(`loi-${field.name}`);
    if (!box) return;
    box.querySelector("[data-offer]")?.remove();
    box.querySelector("span").textContent = fault?.reason ?? "";
    box.hidden = !fault;
    if (!fault) {
      field.removeAttribute("aria-invalid");
      field.removeAttribute("aria-describedby");
      return;
    }
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", box.id);
    if (fault.version !== undefined) this.mark(field, fault.version);
    if (fault.offer) box.append(" ", offered(fault.offer));
  }

  say(text, wrong = false) {
    this.told.forEach((box) => {
      box.textContent = text;
      box.classList.toggle("wrong", wrong);
    });
  }
}

const offered = (text) => {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-quiet";
  button.dataset.offer = text;
  button.textContent = `Ghi ${text}`;
  return button;
};

export const sheets = (root) =>
  root.querySelectorAll("form[data-sheet]").forEach((form) => {
    if (form.dataset.wired) return;
    form.dataset.wired = "yes";
    new Sheet(form);
  });
