// The choices of a ballot as a form: large rows, one's own unit barred, what is chosen counted in words.
import { button, el, p } from "./page.js";

/** Whether every question is one line that passes or not, as a council decides its dossiers. */
export const inLines = ({ questions }) => questions.length > 1 && questions.every(({ options }) => options.length === 1);

const isSingle = ({ max }) => max === 1;

/** The fields; `kept` is what was chosen before, null when nothing was: then nothing is ticked, not even blank. */
export function fields(manifest, unit, kept) {
  if (inLines(manifest)) return [lines(manifest.questions, kept)];
  const several = manifest.questions.length > 1;
  return manifest.questions.map((question, q) => fieldset(question, q, unit, kept?.[q], several));
}

function fieldset(question, q, unit, kept, several) {
  const single = isSingle(question);
  const rows = question.options.map((option, i) => row(question, q, i, unit, Boolean(kept?.[i]), single));
  const none = kept !== undefined && kept.every((one) => !one);
  if (single) rows.push(field(`q${q}`, "", "radio", { checked: none }, "Phiếu trắng, không chọn dòng nào"));
  const rule = single ? "Chọn một dòng." : `Chọn nhiều nhất ${question.max} dòng; không chọn dòng nào là phiếu trắng.`;
  return el("fieldset", { "data-question": q }, el("legend", {}, several ? `${question.title}. ${rule}` : rule), ...rows);
}

function row(question, q, i, unit, checked, single) {
  const option = question.options[i];
  const barred = question.own_unit && unit !== "" && option.unit === unit;
  const state = { checked: checked && !barred, disabled: barred };
  const note = barred ? el("small", {}, "đơn vị mình") : null;
  return field(`q${q}`, i, single ? "radio" : "checkbox", state, option.title, note, barred ? "barred" : "");
}

const field = (name, value, type, state, words, note = null, kind = "") =>
  el("label", { class: kind }, el("input", { type, name, value, ...state }), el("span", {}, words), note);

function lines(questions, kept) {
  const rows = questions.map((question, q) => line(question, q, Boolean(kept?.[q]?.[0])));
  const set = el("fieldset", { class: "vote-lines" }, el("legend", {}, "Đánh dấu dòng tán thành. Dòng để trống là không tán thành."));
  const all = (on) => () => {
    for (const input of set.querySelectorAll("input")) input.checked = on;
    set.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const both = el("div", { class: "vote-all" }, button("Tán thành tất cả", all(true), "btn-outline"), button("Bỏ hết dấu", all(false), "btn-outline"));
  set.append(both, ...rows);
  return set;
}

const line = (question, q, checked) =>
  el("label", {}, el("input", { type: "checkbox", name: `q${q}`, value: 0, checked }), el("span", { class: "vote-place" }, `${q + 1}.`), el("span", {}, question.options[0].title));

/** What stands in the form: for each question a 1 for every option chosen. */
export const read = (form, { questions }) =>
  questions.map(({ options }, q) => {
    const chosen = new Set([...form.querySelectorAll(`[name=q${q}]:checked`)].map((input) => input.value));
    return options.map((_, i) => Number(chosen.has(String(i))));
  });

/** The first question that is still without an answer; a blank vote is an answer too, when it is said. */
export const unanswered = (form, { questions }) =>
  [...form.querySelectorAll("[data-question]")].find((set) => isSingle(questions[Number(set.dataset.question)]) && !set.querySelector(":checked"));

/** Let nobody choose more than is allowed, and say how much is chosen; no words where one line is chosen of many. */
export function counted(form, manifest) {
  if (inLines(manifest)) return `Tán thành ${form.querySelectorAll(":checked").length}/${manifest.questions.length} dòng.`;
  const told = [...form.querySelectorAll("[data-question]")].map((set) => limited(set, manifest.questions[Number(set.dataset.question)]));
  return told.filter(Boolean).join(" ");
}

function limited(set, question) {
  if (isSingle(question)) return "";
  const number = set.querySelectorAll(":checked").length;
  for (const input of set.querySelectorAll("input:not(:checked)")) {
    input.disabled = number >= question.max || Boolean(input.closest(".barred"));
  }
  return `Đã chọn ${number}/${question.max}.`;
}

/** The choices told back, to be read on the same device: names, or two numbered lists. */
export function summary(manifest, choices) {
  if (!inLines(manifest)) return [p(named(manifest, choices))];
  const split = (wanted) => manifest.questions.flatMap(({ options }, q) => (choices[q][0] === wanted ? [`${q + 1}. ${options[0].title}`] : []));
  return [
    ["Tán thành", split(1)],
    ["Không tán thành", split(0)],
  ].flatMap(([word, titles]) => [p(`${word}: ${titles.length} dòng`), el("ul", { class: "vote-told" }, ...titles.map((title) => el("li", {}, title)))]);
}

/** The same in one sentence. */
export function named({ questions }, choices) {
  const titles = questions.flatMap(({ options }, q) => options.filter((_, i) => choices[q][i]).map(({ title }) => title));
  return titles.join("; ") || "Phiếu trắng";
}
