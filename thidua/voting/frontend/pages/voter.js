// The voting page: choose, seal, cast or check the device, receipt. A choice leaves this device only encrypted.
import {
  checkReceipt,
  headMark,
  hex,
  makeBallot,
  makeDecision,
  openingText,
  slipSigner,
  soundManifest,
  trackerOf,
  unhex,
} from "../client/index.js";
import { counted, fields, named, read, summary, unanswered } from "../parts/choosing.js";
import { SIGNED_OUT, askBytes, askJson, busy, button, code, el, facts, icon, notice, p, qr, show, told } from "../parts/page.js";
import { kept, ownKey } from "../parts/keeping.js";
import { keepTime } from "../parts/clock.js";

const place = document.getElementById("noi-dung");
const steps = document.querySelector(".vote-steps");
const problem = el("div", { role: "alert" });
const LOOK_AGAIN = 4000;
const CONFLICT = 409;
const isPoll = facts.mode === "poll";
const SLIP = `slip:${location.pathname}`; // the code on paper: in this tab, until its ballot is in the box

let manifest = null;
let signer = null;
let line = null; // who the server says this credential is
let choices = null;
let sent = null; // {bytes, hash, tracker, opening} of the ballot that waits
let turn = 0; // rises with every screen, so that a screen that waits knows when it is gone

const work = (run, word) => (event) => busy(event.currentTarget, problem, () => guarded(run), word);
const draftName = () => `draft:${hex(manifest.eh)}:${hex(signer.key)}`;
const sentName = () => `sent:${hex(manifest.eh)}:${hex(signer.key)}`;

const waiting = () => {
  const why = navigator.onLine === false ? "Đang mất mạng. Có mạng lại thì máy tự gửi tiếp." : "Mạng chậm, đang gửi lại.";
  problem.replaceChildren(notice("warn", p(`${why} Giữ trang này mở; gửi lại bao nhiêu lần cũng chỉ tính một phiếu.`)));
};

function at(step) {
  steps.hidden = step === null;
  [...steps.children].forEach((item, n) => {
    item.className = n < step ? "done" : n === step ? "now" : "";
    if (n === step) item.setAttribute("aria-current", "step");
    else item.removeAttribute("aria-current");
  });
}

function screen(step, ...children) {
  turn += 1;
  at(step);
  problem.replaceChildren();
  show(place, ...children, problem);
  window.scrollTo(0, 0);
}

const reload = (kind = "btn-outline") => button("Tải lại trang", () => location.reload(), kind);

/** What a poll must say wherever something is chosen or sent. */
const notSecret = () =>
  isPoll
    ? notice("warn", p(el("strong", {}, "Không phải phiếu kín."), " Quản trị máy chủ về kỹ thuật có thể biết ai chọn gì. Không dùng để bầu hoặc xét danh hiệu."))
    : null;

// --- What stands in the way ---

/** Whoever is signed out goes on where they were; a ballot refused because the box was closed is told as such. */
async function guarded(run) {
  try {
    await run();
  } catch (fault) {
    if (fault.status === SIGNED_OUT) return signInAgain();
    if (fault.status !== CONFLICT || !line) throw fault;
    line = await askMe();
    if (!isOpen()) return notOpen(sent !== null);
    problem.replaceChildren(told(fault), reload());
  }
}

function signInAgain() {
  const address = `${facts.login}?next=${encodeURIComponent(location.pathname)}`;
  screen(
    null,
    el("h1", {}, "Phiên đăng nhập đã hết"),
    p("Đăng nhập lại là về đúng chỗ này. Lựa chọn và phiếu niêm phong chưa bỏ vẫn còn trên máy; phiếu đã vào hòm vẫn được tính."),
    el("div", { class: "vote-ways" }, el("a", { class: "btn btn-primary", href: address }, "Đăng nhập lại")),
  );
}

function stuck(fault) {
  if (fault.status === SIGNED_OUT) return signInAgain();
  const refused = fault.status === CONFLICT;
  screen(
    null,
    el("h1", {}, "Chưa mở được phiếu"),
    told(fault),
    refused ? p("Phiếu mã vừa được cấp lại thì chờ người thứ hai trong ban kiểm phiếu ký, rồi tải lại trang. Nếu không, báo ban kiểm phiếu.") : null,
    el("div", { class: "vote-ways" }, reload("btn-primary"), button("Gõ mã khác", () => askForSlip(), "btn-outline")),
  );
}

// --- Who votes ---

/** The scanned slip's part of the address; the sign-in page kept it in this tab when it stood in between. */
function fragment() {
  const name = `fragment:${location.pathname}`;
  const found = location.hash || sessionStorage.getItem(name) || "";
  sessionStorage.removeItem(name);
  return found;
}

async function begin() {
  if (!facts.sealed) return early("Cuộc bỏ phiếu đang chuẩn bị: cấu hình chưa niêm phong.");
  manifest = soundManifest(await askBytes(facts.manifest));
  const scanned = new URLSearchParams(fragment().slice(1)).get("ma") ?? sessionStorage.getItem(SLIP);
  if (location.hash) history.replaceState(null, "", location.pathname);
  if (scanned) useSlip(scanned);
  else signer = await ownKey(facts.meeting);
  if (signer) return enter();
  return ["sealed", "open"].includes(facts.state) ? askForSlip() : ended();
}

function useSlip(text) {
  signer = slipSigner(facts.meeting, text);
  sessionStorage.setItem(SLIP, text);
}

const early = (why) =>
  screen(null, el("h1", {}, "Chưa bỏ phiếu được"), p(why), p("Đến giờ mở, tải lại trang."), el("div", { class: "vote-ways" }, reload()));

function slipForm() {
  const typed = el("input", { id: "ma", class: "mark-input", autocomplete: "off", autocapitalize: "characters", spellcheck: "false", required: true });
  const submit = el("button", { type: "submit", class: "btn btn-primary" }, "Mở phiếu");
  const form = el(
    "form",
    {},
    el("div", { class: "field" }, el("label", { for: "ma" }, "Mã trên phiếu mã (26 chữ)"), typed),
    submit,
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    busy(submit, problem, () => guarded(async () => {
      useSlip(typed.value);
      await enter();
    }), "Đang mở phiếu…");
  });
  return form;
}

function askForSlip() {
  line = null;
  sessionStorage.removeItem(SLIP);
  screen(
    null,
    el("h1", {}, "Thẻ bỏ phiếu"),
    p("Máy này chưa có thẻ. Quét mã trên phiếu mã của anh/chị, hoặc gõ mã ấy vào đây; gõ liền hay cách nhóm đều được."),
    slipForm(),
    p("Không có phiếu mã, hoặc mất phiếu mã: báo ban kiểm phiếu để được cấp lại."),
  );
}

const askMe = () => askJson(facts.me, { json: { credential: hex(signer.key) }, onWait: waiting });
const isOpen = () => line.state === "open" && line.now_ms < line.closes_ms;

async function enter() {
  line = await askMe();
  sent = await unsent();
  if (!isOpen()) return notOpen(sent !== null);
  keepTime(line.closes_ms, line.now_ms);
  if (sent) return sealed();
  if (line.receipt) return receipt(line.receipt, line.receipt_ms);
  return choose();
}

/** A ballot this device sealed before it was closed or lost the network, if it still waits for a decision. */
async function unsent() {
  const before = await kept.get(sentName());
  if (!before || before.decided) return null;
  return line.pending === hex(before.hash) || line.pending === null ? before : null;
}

function notOpen(isLeft) {
  if (line.receipt) return receipt(line.receipt, line.receipt_ms);
  if (line.state === "sealed") return waitForOpening();
  return ended(isLeft);
}

/** Before the opening the page looks by itself, so that nobody has to be told to reload. */
async function waitForOpening() {
  screen(null, el("h1", {}, "Chờ mở bỏ phiếu"), notSecret(), p(`Cử tri: ${line.name}. Thẻ của anh/chị dùng được.`), p("Ban kiểm phiếu chưa mở bỏ phiếu. Giữ trang này mở; đến giờ phiếu tự hiện ra."));
  const mine = turn;
  while (mine === turn) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN));
    const now = await askMe().catch(() => line);
    if (mine === turn && now.state !== "sealed") return enter().catch(stuck);
  }
}

function ended(isLeft = false) {
  document.querySelector(".vote-clock").hidden = true;
  const isVoid = (line?.state ?? facts.state) === "void";
  const why = isVoid ? "Cuộc bỏ phiếu này đã hủy, không phiếu nào được tính." : "Không nhận phiếu nữa.";
  screen(
    null,
    el("h1", {}, isVoid ? "Cuộc bỏ phiếu đã hủy" : "Hòm phiếu đã đóng"),
    isLeft ? notice("warn", p("Phiếu đã niêm phong trên máy này chưa vào hòm trước khi đóng nên không được tính.")) : null,
    p(why),
    el("div", { class: "vote-ways" }, el("a", { class: "btn btn-primary", href: facts.ballot }, "Xem cuộc bỏ phiếu"), el("a", { class: "btn btn-outline", href: facts.board }, "Tìm mã phiếu trong bảng kê")),
    line ? null : el("details", {}, el("summary", {}, "Xem lại biên nhận của tôi"), slipForm()),
  );
}

// --- 1. Choose ---

async function choose() {
  const before = (await kept.get(draftName())) ?? null;
  const form = el("form", { class: "vote-form", novalidate: true }, ...fields(manifest, line.unit, before));
  const submit = el("button", { type: "submit", class: "btn btn-primary" }, icon("lock"), "Niêm phong phiếu");
  const number = el("span", { class: "vote-number", role: "status" });
  const how = button("Kín đến mức nào?", showLimits, "btn-quiet");
  const bar = el("div", { class: "vote-bar" }, el("p", {}, number, el("span", {}, "Mã hóa ngay trên máy này."), isPoll ? null : how), submit);
  form.append(bar);
  const changed = () => {
    number.textContent = counted(form, manifest);
    choices = read(form, manifest);
  };
  form.addEventListener("change", () => {
    changed();
    kept.put(draftName(), choices);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const missing = unanswered(form, manifest);
    if (missing) return sayMissing(missing);
    busy(submit, problem, () => guarded(seal), "Đang mã hóa trên máy…");
  });
  const question = facts.question ? p(facts.question) : null;
  screen(0, el("h1", {}, manifest.told.title), notSecret(), question, el("p", { class: "vote-who" }, `Cử tri: ${line.name}`), lasting(), form);
  bar.prepend(problem); // where it is seen however far down the list one is
  changed();
}

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
  const made = await makeBallot(manifest, signer, line.next_counter, choices, { unit: line.unit });
  await kept.put(sentName(), made);
  await askJson(facts.send, { body: made.bytes, onWait: waiting });
  sent = made;
  line.next_counter += 1;
  await sealed();
}

// --- 2. Sealed: cast or check ---

async function sealed() {
  await askJson(facts.send, { body: sent.bytes, onWait: waiting });
  const hidden = el("div", { class: "vote-hidden" }, "••••••••••");
  const eye = button("Hiện", () => {
    const isShown = eye.getAttribute("aria-expanded") === "true";
    hidden.replaceChildren(...(isShown ? ["••••••••••"] : summary(manifest, sent.opening.choices)));
    eye.textContent = isShown ? "Hiện" : "Che";
    eye.setAttribute("aria-expanded", String(!isShown));
  }, "btn-outline", { "aria-expanded": "false", "aria-label": "Hiện hoặc che lựa chọn của anh/chị" });
  screen(
    1,
    el("h1", {}, "Phiếu đã niêm phong, chưa vào hòm"),
    notSecret(),
    el(
      "div",
      { class: "vote-seal" },
      medal("lock"),
      el("span", {}, "Mã phiếu"),
      el("strong", {}, code(trackerOf(sent.hash))),
      el("div", { class: "vote-choice" }, el("div", {}, "Lựa chọn của anh/chị", hidden), eye),
    ),
    el("section", { class: "vote-card main" }, el("h2", {}, "Bỏ phiếu"), p("Phiếu vào hòm và được tính."), button("Bỏ phiếu", work(cast, "Đang bỏ phiếu…"))),
    el(
      "section",
      { class: "vote-card" },
      el("h2", {}, "Hoặc kiểm tra máy"),
      p("Mở niêm phong để xem máy ghi có đúng không. Phiếu đã mở không được tính, anh/chị sẽ chọn lại. Nên thử bằng một lựa chọn bất kỳ, không phải lựa chọn thật."),
      button("Kiểm tra máy", work(audit, "Đang mở niêm phong…"), "btn-outline"),
    ),
    el("p", { class: "vote-back" }, button("Quay lại chọn", work(again), "btn-quiet")),
  );
  place.querySelector(".vote-card.main").append(problem);
}

const medal = (name) => el("div", { class: "vote-medal", "aria-hidden": "true" }, icon(name));

async function again() {
  await kept.remove(sentName());
  sent = null;
  await choose();
}

async function cast() {
  const decision = await makeDecision(manifest, signer, "cast", sent.hash);
  const answer = await askJson(facts.decide, { body: decision, onWait: waiting });
  checkReceipt(manifest, answer.receipt, trackerOf(sent.hash));
  await settle();
  sent = null;
  receipt(answer.receipt, answer.ms);
}

/** The choice itself is forgotten as soon as the ballot is decided. */
const settle = () => Promise.all([kept.put(sentName(), { decided: true, hash: sent.hash }), kept.remove(draftName())]);

// --- Check the device ---

const packed = (text) => {
  const letters = [...new TextEncoder().encode(text)].map((byte) => String.fromCharCode(byte)).join("");
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
};

async function audit() {
  const decision = await makeDecision(manifest, signer, "audited", sent.hash);
  await askJson(facts.decide, { body: decision, onWait: waiting });
  await settle();
  const text = openingText(manifest, sent.bytes, sent.opening);
  const address = `${facts.check}#${packed(text)}`;
  screen(
    1,
    el("h1", {}, "Kiểm tra máy"),
    notice("warn", p(el("strong", {}, "Phiếu này đã mở, không được tính."), " Xong việc kiểm tra, anh/chị chọn và bỏ phiếu lại.")),
    qr(address, "Mã để máy khác dựng lại phiếu thử"),
    p("Dùng ", el("strong", {}, "máy khác"), " quét mã, rồi so hai điều sau:"),
    el("dl", { class: "vote-facts" }, el("dt", {}, "Lựa chọn thử"), el("dd", {}, named(manifest, sent.opening.choices)), el("dt", {}, "Mã phiếu"), el("dd", {}, code(trackerOf(sent.hash)))),
    el("details", {}, el("summary", {}, "Không có máy khác quét được?"), p("Chép địa chỉ này, hoặc đoạn chữ sau cho chương trình kiemphieu.py (lệnh kiem-may):"), el("p", {}, el("a", { href: address, class: "vote-check-link" }, "Mở trang kiểm tra")), el("textarea", { readonly: true, rows: 4, "aria-label": "Phiếu thử đã mở" }, text)),
    p("Kiểm tra phát hiện được máy đổi lựa chọn, không phát hiện được máy xem trộm."),
    el("div", { class: "vote-bar still" }, button("Khớp, chọn và bỏ phiếu lại", work(again)), button("Không khớp, báo ban kiểm phiếu", report, "btn-danger")),
  );
}

const report = () =>
  problem.replaceChildren(notice("error", p("Không bỏ phiếu bằng máy này. Giữ nguyên màn hình, gọi ban kiểm phiếu; họ cấp phiếu mã để anh/chị bỏ bằng máy khác.")));

// --- 3. Receipt ---

const shortMark = (head) => `${head.slice(0, 4)} ${head.slice(4, 8)}`.toUpperCase();

const timeOf = (ms) => {
  const parts = { timeZone: "Asia/Ho_Chi_Minh", hour: "2-digit", minute: "2-digit", second: "2-digit" };
  const day = { timeZone: "Asia/Ho_Chi_Minh", day: "2-digit", month: "2-digit", year: "numeric" };
  return `${new Date(ms).toLocaleTimeString("vi-VN", parts)}, ngày ${new Date(ms).toLocaleDateString("vi-VN", day)}`;
};

function receipt(given, ms) {
  checkReceipt(manifest, given, given.tracker);
  sessionStorage.removeItem(SLIP); // whoever takes the device next finds nobody's code
  const save = URL.createObjectURL(new Blob([JSON.stringify(given)], { type: "application/json" }));
  screen(
    2,
    el("h1", {}, "Phiếu của anh/chị đã vào hòm"),
    el("div", { class: "vote-seal done" }, medal("check"), el("span", {}, "Mã phiếu"), el("strong", {}, code(given.tracker))),
    el(
      "dl",
      { class: "vote-facts" },
      el("dt", {}, "Nhận lúc"),
      el("dd", {}, timeOf(ms)),
      el("dt", {}, "Thứ tự trong bảng kê"),
      el("dd", {}, `Mục ${given.k}`),
      el("dt", {}, "Mã đầu bảng kê"),
      el("dd", { class: "vote-mark" }, code(shortMark(given.head))),
    ),
    notice("info", p("Vừa bỏ xong, mã đầu bảng kê trên ", el("strong", {}, "màn chiếu"), " phải giống mã này, cho tới khi có phiếu kế tiếp. Nếu khác, báo ngay ban kiểm phiếu.")),
    notSecret() ?? p("Biên nhận chứng minh phiếu có trong hòm, không cho biết anh/chị chọn ai."),
    el(
      "div",
      { class: "vote-bar two" },
      el("a", { class: "btn btn-primary", href: save, download: `bien-nhan-${given.k}.json` }, icon("download"), "Lưu biên nhận"),
      el("a", { class: "btn btn-outline", href: `${facts.board}#dong-${given.k}` }, icon("search"), "Tìm trong bảng kê"),
    ),
    isOpen() && facts.revote ? p("Bỏ lại được đến khi đóng hòm, phiếu sau cùng được tính. ", button("Bỏ lại", work(again), "btn-quiet")) : null,
  );
  place.dataset.mark = headMark(unhex(given.head));
}

begin().catch(stuck);
