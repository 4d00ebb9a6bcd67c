// 1. Choose. A choice leaves this device only encrypted.
import { makeBallot, manifestMark } from "../client/index.js";
import { counted, fields, read, unanswered } from "../parts/choosing.js";
import { kept } from "../parts/keeping.js";
import { askJson, busy, button, code, el, facts, icon, notice, p } from "../parts/page.js";
import { booth, draftName, go, guarded, isPoll, notSecret, problem, screen, sentName, waiting } from "./booth.js";

export async function choose() {
  const before = (await kept.get(draftName())) ?? null;
  const form = el("form", { class: "vote-form", novalidate: true }, ...fields(booth.manifest, booth.line.unit, before));
  const submit = el("button", { type: "submit", class: "btn btn-primary" }, icon("lock"), "Niêm phong phiếu");
  const number = el("span", { class: "vote-number", role: "status" });
  const how = button("Kín đến mức nào?", showLimits, "btn-quiet");
  const bar = el("div", { class: "vote-bar" }, el("p", {}, number, el("span", {}, "Mã hóa ngay trên máy này."), isPoll ? null : how), submit);
  form.append(bar);
  const changed = () => {
    number.textContent = counted(form, booth.manifest);
    booth.choices = read(form, booth.manifest);
  };
  form.addEventListener("change", () => {
    changed();
    kept.put(draftName(), booth.choices);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const missing = unanswered(form, booth.manifest);
    if (missing) return sayMissing(missing);
    busy(submit, problem, () => guarded(seal), "Đang mã hóa trên máy…");
  });
  const question = facts.question ? p(facts.question) : null;
  screen(
    0,
    el("h1", {}, booth.manifest.told.title),
    notSecret(),
    question,
    el("p", { class: "vote-who" }, `Cử tri: ${booth.line.name}`),
    compared(),
    lasting(),
    form,
  );
  bar.prepend(problem); // where it is seen however far down the list one is
  changed();
}

/** What was sealed, as this device read it: the room's screen must show the same. */
const compared = () =>
  el("p", { class: "vote-compared" }, "Dấu bản niêm phong: ", code(manifestMark(booth.manifest.eh)), ". Khác màn chiếu thì đừng bỏ phiếu, báo ban kiểm phiếu.");

const lasting = () =>
  kept.lasts() ? null : notice("info", p("Trình duyệt này không ghi nhớ gì (cửa sổ ẩn danh). Tắt trang trước khi bỏ phiếu thì phải chọn lại."));

function sayMissing(set) {
  problem.replaceChildren(notice("error", p("Chưa chọn dòng nào. Chọn một dòng, hoặc chọn “Phiếu trắng” nếu không chọn ai.")));
  set.querySelector("input:not(:disabled)").focus();
}

function showLimits() {
  const limits = document.getElementById("gioi-han");
  limits.open = true;
  limits.scrollIntoView();
  limits.querySelector("summary").focus();
}

async function seal() {
  const made = await makeBallot(booth.manifest, booth.signer, booth.line.next_counter, booth.choices, { unit: booth.line.unit });
  await kept.put(sentName(), made);
  await askJson(facts.send, { body: made.bytes, onWait: waiting });
  booth.sent = made;
  booth.line.next_counter += 1;
  await go("sealed");
}

export async function again() {
  await kept.remove(sentName());
  booth.sent = null;
  await choose();
}
