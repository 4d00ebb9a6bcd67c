// The voting page: choose, seal, cast or check the device, receipt. A choice leaves this device only encrypted.
import {
  checkReceipt,
  deviceSigner,
  hasDeviceKey,
  headMark,
  hex,
  makeBallot,
  makeDecision,
  openingText,
  slipSigner,
  soundManifest,
  store,
  trackerOf,
  unhex,
} from "../client/index.js";
import { askBytes, askJson, busy, button, code, el, facts, notice, p, qr, show, told } from "../parts/page.js";

const place = document.getElementById("noi-dung");
const steps = document.querySelector(".vote-steps");
const problem = el("div", { role: "alert" });
const SECOND = 1000;

let manifest = null;
let signer = null;
let line = null; // who the server says this credential is
let choices = null;
let sent = null; // {bytes, hash, tracker, opening} of the ballot that waits

const work = (run) => (event) => busy(event.currentTarget, problem, run);
const waiting = () => problem.replaceChildren(notice("warn", p("Mạng chậm, đang gửi lại. Giữ trang này mở.")));
const draftName = () => `draft:${hex(manifest.eh)}:${hex(signer.key)}`;
const sentName = () => `sent:${hex(manifest.eh)}:${hex(signer.key)}`;

function at(step) {
  steps.hidden = step === null;
  [...steps.children].forEach((item, n) => {
    item.className = n < step ? "done" : n === step ? "now" : "";
    if (n === step) item.setAttribute("aria-current", "step");
    else item.removeAttribute("aria-current");
  });
}

function screen(step, ...children) {
  at(step);
  problem.replaceChildren();
  show(place, ...children, problem);
  window.scrollTo(0, 0);
}

// --- The clock ---

function keepTime(closes, now) {
  const ahead = now - Date.now();
  const clock = document.getElementById("con-lai");
  const tick = () => {
    const left = Math.max(0, Math.floor((closes - Date.now() - ahead) / SECOND));
    const [hours, minutes, seconds] = [Math.floor(left / 3600), Math.floor(left / 60) % 60, left % 60];
    const pairs = [...(hours ? [hours] : []), minutes, seconds];
    clock.textContent = pairs.map((number) => String(number).padStart(2, "0")).join(":");
  };
  clock.parentElement.hidden = false;
  tick();
  setInterval(tick, SECOND);
}

const timeOf = (ms) =>
  new Date(ms).toLocaleString("vi-VN", { timeZone: "Asia/Ho_Chi_Minh", hour: "2-digit", minute: "2-digit", second: "2-digit", day: "2-digit", month: "2-digit", year: "numeric" });

// --- Who votes ---

/** The scanned slip's part of the address; the sign-in page kept it in this tab when it stood in between. */
function fragment() {
  const name = `fragment:${location.pathname}`;
  const told = location.hash || sessionStorage.getItem(name) || "";
  sessionStorage.removeItem(name);
  return told;
}

async function begin() {
  if (!facts.sealed) return early("Cấu hình của cuộc bỏ phiếu chưa niêm phong.");
  manifest = soundManifest(await askBytes(facts.manifest));
  const scanned = new URLSearchParams(fragment().slice(1)).get("ma");
  if (location.hash) history.replaceState(null, "", location.pathname);
  if (scanned) signer = slipSigner(facts.meeting, scanned);
  else if (await hasDeviceKey(facts.meeting)) signer = await deviceSigner(facts.meeting);
  if (!signer) return askForSlip();
  return enter();
}

const early = (why) => screen(null, el("h1", {}, "Chưa bỏ phiếu được"), p(why), button("Tải lại", () => location.reload(), "btn-outline"));

function askForSlip() {
  const typed = el("input", { id: "ma", class: "mark-input", autocomplete: "off", autocapitalize: "characters", spellcheck: "false", required: true });
  const form = el(
    "form",
    {},
    el("div", { class: "field" }, el("label", { for: "ma" }, "Mã trên phiếu mã (26 chữ)"), typed),
    el("button", { type: "submit", class: "btn btn-primary" }, "Mở phiếu"),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    busy(form.querySelector("button"), problem, async () => {
      signer = slipSigner(facts.meeting, typed.value);
      await enter();
    });
  });
  screen(null, el("h1", {}, "Thẻ bỏ phiếu"), p("Máy này chưa có thẻ. Quét mã trên phiếu mã của anh/chị, hoặc gõ:"), form);
}

async function enter() {
  line = await askJson(facts.me, { json: { credential: hex(signer.key) }, onWait: waiting });
  keepTime(line.closes_ms, line.now_ms);
  sent = await unsent();
  if (line.state !== "open") return notOpen();
  if (sent) return sealed();
  if (line.receipt) return receipt(line.receipt, line.receipt_ms);
  return choose();
}

/** A ballot this device sealed before it was closed or lost the network, if it still waits for a decision. */
async function unsent() {
  const kept = await store.get(sentName());
  if (!kept || kept.decided) return null;
  return line.pending === hex(kept.hash) || line.pending === null ? kept : null;
}

function notOpen() {
  if (line.receipt) return receipt(line.receipt, line.receipt_ms);
  const ended = ["closed", "counted", "signed", "void"].includes(line.state);
  return early(ended ? "Cuộc bỏ phiếu đã đóng." : "Ban kiểm phiếu chưa mở bỏ phiếu. Đến giờ mở, tải lại trang.");
}

// --- 1. Choose ---

async function choose() {
  const empty = manifest.questions.map((question) => question.options.map(() => 0));
  choices = (await store.get(draftName())) ?? empty;
  const form = el("form", { class: "vote-form" }, ...manifest.questions.map(fieldset));
  const submit = el("button", { type: "submit", class: "btn btn-primary" }, "Niêm phong phiếu");
  form.append(el("div", { class: "vote-bar" }, el("p", {}, "Mã hóa ngay trên máy này."), submit));
  form.addEventListener("change", () => keepDraft(form));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    busy(submit, problem, seal);
  });
  screen(0, el("h1", {}, manifest.told.title), p(`Cử tri: ${line.name}`), form);
  keepDraft(form);
}

function fieldset(question, q) {
  const alone = manifest.questions.length > 1 && question.options.length === 1;
  const single = question.max === 1 && !alone;
  const rows = question.options.map((option, i) => row(question, q, i, option, single, alone));
  if (single) rows.push(blank(q));
  const legend = alone ? null : el("legend", {}, single ? "Chọn một." : `Chọn nhiều nhất ${question.max}.`);
  return el("fieldset", { "data-question": q }, legend, ...rows, single || alone ? null : el("p", { class: "vote-number", role: "status" }));
}

function row(question, q, i, option, single, alone) {
  const barred = question.own_unit && line.unit !== "" && option.unit === line.unit;
  const input = el("input", { type: single ? "radio" : "checkbox", name: `q${q}`, value: i, checked: !barred && Boolean(choices[q][i]), disabled: barred });
  const label = alone ? `${q + 1}. ${option.title}` : option.title;
  return el("label", { class: barred ? "barred" : "" }, input, el("span", {}, label), barred ? el("small", {}, "đơn vị mình") : alone ? el("small", {}, "đồng ý") : null);
}

function blank(q) {
  const none = choices[q].every((one) => !one);
  return el("label", {}, el("input", { type: "radio", name: `q${q}`, value: "", checked: none }), el("span", {}, "Phiếu trắng, không chọn ai"));
}

function keepDraft(form) {
  choices = manifest.questions.map((question, q) => {
    const chosen = new Set([...form.querySelectorAll(`[name=q${q}]:checked`)].map((input) => input.value));
    return question.options.map((_, i) => Number(chosen.has(String(i))));
  });
  for (const set of form.querySelectorAll("[data-question]")) limit(set);
  return store.put(draftName(), choices);
}

function limit(set) {
  const { max } = manifest.questions[Number(set.dataset.question)];
  const number = set.querySelectorAll(":checked").length;
  const status = set.querySelector(".vote-number");
  if (!status) return;
  status.textContent = `Đã chọn ${number}/${max}.`;
  for (const input of set.querySelectorAll("input:not(:checked)")) {
    input.disabled = number >= max || Boolean(input.closest(".barred"));
  }
}

async function seal() {
  sent = await makeBallot(manifest, signer, line.next_counter, choices, { unit: line.unit });
  await store.put(sentName(), sent);
  await askJson(facts.send, { body: sent.bytes, onWait: waiting });
  line.next_counter += 1;
  await sealed();
}

// --- 2. Sealed: cast or check ---

const titles = () =>
  sent.opening.choices.flatMap((row_, q) => row_.map((one, i) => (one ? manifest.questions[q].options[i].title : null))).filter(Boolean);

async function sealed() {
  await askJson(facts.send, { body: sent.bytes, onWait: waiting });
  const hidden = el("span", { class: "vote-hidden" }, "••••••••••");
  const eye = button("Hiện", () => {
    const shown = hidden.textContent.startsWith("•");
    hidden.textContent = shown ? titles().join(", ") || "Phiếu trắng" : "••••••••••";
    eye.textContent = shown ? "Che" : "Hiện";
  }, "btn-outline");
  screen(
    1,
    el("h1", {}, "Phiếu đã niêm phong, chưa vào hòm"),
    el("div", { class: "vote-seal" }, el("span", {}, "Mã phiếu"), el("strong", {}, code(trackerOf(sent.hash))), el("div", { class: "vote-choice" }, el("div", {}, "Lựa chọn của anh/chị", el("br"), hidden), eye)),
    el("section", { class: "vote-card main" }, el("h2", {}, "Bỏ phiếu"), p("Phiếu vào hòm và được tính."), button("Bỏ phiếu", work(cast))),
    el(
      "section",
      { class: "vote-card" },
      el("h2", {}, "Hoặc kiểm tra máy"),
      p("Mở niêm phong để xem máy ghi có đúng không. Phiếu đã mở không được tính, anh/chị sẽ chọn lại. Nên thử bằng một lựa chọn bất kỳ."),
      button("Kiểm tra máy", work(audit), "btn-outline"),
    ),
    el("p", { class: "vote-back" }, button("Quay lại chọn", work(again), "btn-quiet")),
  );
}

async function again() {
  await store.remove(sentName());
  sent = null;
  await choose();
}

async function cast() {
  const decision = await makeDecision(manifest, signer, "cast", sent.hash);
  const answer = await askJson(facts.decide, { body: decision, onWait: waiting });
  checkReceipt(manifest, answer.receipt, trackerOf(sent.hash));
  await Promise.all([store.put(sentName(), { decided: true, hash: sent.hash }), store.remove(draftName())]);
  sent = null;
  receipt(answer.receipt, answer.ms);
}

// --- Check the device ---

const packed = (text) => {
  const letters = [...new TextEncoder().encode(text)].map((byte) => String.fromCharCode(byte)).join("");
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
};

async function audit() {
  const decision = await makeDecision(manifest, signer, "audited", sent.hash);
  await askJson(facts.decide, { body: decision, onWait: waiting });
  await Promise.all([store.put(sentName(), { decided: true, hash: sent.hash }), store.remove(draftName())]);
  const text = openingText(manifest, sent.bytes, sent.opening);
  const address = `${facts.check}#${packed(text)}`;
  screen(
    1,
    el("h1", {}, "Kiểm tra máy"),
    notice("warn", p(el("strong", {}, "Phiếu này đã mở, không được tính."), " Xong việc kiểm tra, anh/chị chọn và bỏ phiếu lại.")),
    qr(address, "Mã để máy khác dựng lại phiếu thử"),
    p("Dùng ", el("strong", {}, "máy khác"), " quét mã, rồi so hai điều sau:"),
    el("dl", { class: "vote-facts" }, el("dt", {}, "Lựa chọn thử"), el("dd", {}, titles().join(", ") || "Phiếu trắng"), el("dt", {}, "Mã phiếu"), el("dd", {}, code(trackerOf(sent.hash)))),
    el("details", {}, el("summary", {}, "Không có máy khác quét được?"), p("Chép địa chỉ này, hoặc đoạn chữ sau cho chương trình kiemphieu.py (lệnh kiem-may):"), el("p", {}, el("a", { href: address, class: "vote-check-link" }, "Mở trang kiểm tra")), el("textarea", { readonly: true, rows: 4, "aria-label": "Phiếu thử đã mở" }, text)),
    p("Kiểm tra phát hiện được máy đổi lựa chọn, không phát hiện được máy xem trộm."),
    el("div", { class: "vote-bar still" }, button("Khớp, chọn và bỏ phiếu lại", work(again)), button("Không khớp, báo ban kiểm phiếu", report, "btn-danger")),
  );
}

const report = () =>
  problem.replaceChildren(notice("error", p("Không bỏ phiếu bằng máy này. Giữ nguyên màn hình, gọi ban kiểm phiếu; họ cấp phiếu mã để anh/chị bỏ bằng máy khác.")));

// --- 3. Receipt ---

const shortMark = (head) => `${head.slice(0, 4)} ${head.slice(4, 8)}`.toUpperCase();

function receipt(kept, ms) {
  checkReceipt(manifest, kept, kept.tracker);
  const open = line.state === "open" && facts.revote;
  const save = URL.createObjectURL(new Blob([JSON.stringify(kept)], { type: "application/json" }));
  screen(
    2,
    el("h1", {}, "Phiếu của anh/chị đã vào hòm"),
    el("div", { class: "vote-seal done" }, el("span", {}, "Mã phiếu"), el("strong", {}, code(kept.tracker))),
    el(
      "dl",
      { class: "vote-facts" },
      el("dt", {}, "Nhận lúc"),
      el("dd", {}, timeOf(ms)),
      el("dt", {}, "Thứ tự trong bảng kê"),
      el("dd", {}, `Mục ${kept.k}`),
      el("dt", {}, "Mã đầu bảng kê"),
      el("dd", { class: "vote-mark" }, code(shortMark(kept.head))),
    ),
    notice("info", p("Lúc vừa bỏ phiếu, mã đầu bảng kê trên ", el("strong", {}, "màn chiếu"), " giống mã này cho tới phiếu kế tiếp. Đóng hòm rồi, tìm mã phiếu trong bảng kê. Nếu khác, báo ngay ban kiểm phiếu.")),
    p("Biên nhận chứng minh phiếu có trong hòm, không cho biết anh/chị chọn ai."),
    el(
      "div",
      { class: "vote-bar two" },
      el("a", { class: "btn btn-primary", href: save, download: `bien-nhan-${kept.k}.json` }, "Lưu biên nhận"),
      el("a", { class: "btn btn-outline", href: `${facts.board}#dong-${kept.k}` }, "Tìm trong bảng kê"),
    ),
    open ? p(`Bỏ lại được đến khi đóng hòm, phiếu sau cùng được tính. `, button("Bỏ lại", work(again), "btn-quiet")) : null,
  );
  place.dataset.mark = headMark(unhex(kept.head));
}

begin().catch((fault) => screen(null, el("h1", {}, "Chưa mở được phiếu"), told(fault), button("Gõ mã khác", askForSlip, "btn-outline"), button("Tải lại", () => location.reload(), "btn-quiet")));
