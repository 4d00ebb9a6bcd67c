// Before the booth and after it: the slip, waiting for the opening, the box that is closed.
import { slipSigner } from "../client/index.js";
import { SIGNED_OUT, busy, button, el, facts, notice, p, told } from "../parts/page.js";
import { CONFLICT, SLIP, askMe, booth, go, guarded, notSecret, problem, reload, screen, way } from "./booth.js";

const LOOK_AGAIN = 4000;

function signInAgain() {
  const address = `${facts.login}?next=${encodeURIComponent(location.pathname)}`;
  screen(
    null,
    el("h1", {}, "Phiên đăng nhập đã hết"),
    p("Đăng nhập lại là về đúng chỗ này. Lựa chọn và phiếu niêm phong chưa bỏ vẫn còn trên máy; phiếu đã vào hòm vẫn được tính."),
    el("div", { class: "vote-ways" }, el("a", { class: "btn btn-primary", href: address }, "Đăng nhập lại")),
  );
}

export function stuck(fault) {
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

export const early = (why) =>
  screen(null, el("h1", {}, "Chưa bỏ phiếu được"), p(why), p("Đến giờ mở, tải lại trang."), el("div", { class: "vote-ways" }, reload()));

// --- The slip ---

export function useSlip(text) {
  booth.signer = slipSigner(facts.meeting, text);
  sessionStorage.setItem(SLIP, text);
}

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
      await go("enter");
    }), "Đang mở phiếu…");
  });
  return form;
}

export function askForSlip() {
  booth.line = null;
  sessionStorage.removeItem(SLIP);
  screen(
    null,
    el("h1", {}, "Thẻ bỏ phiếu"),
    p("Máy này chưa có thẻ. Quét mã trên phiếu mã của anh/chị, hoặc gõ mã ấy vào đây; gõ liền hay cách nhóm đều được."),
    slipForm(),
    p("Không có phiếu mã, hoặc mất phiếu mã: báo ban kiểm phiếu để được cấp lại."),
  );
}

// --- Not open ---

export function notOpen(isLeft) {
  if (booth.line.receipt) return go("receipt", booth.line.receipt, booth.line.receipt_ms);
  if (booth.line.state === "sealed") return waitForOpening();
  return ended(isLeft);
}

/** Before the opening the page looks by itself, so that nobody has to be told to reload. */
async function waitForOpening() {
  screen(null, el("h1", {}, "Chờ mở bỏ phiếu"), notSecret(), p(`Cử tri: ${booth.line.name}. Thẻ của anh/chị dùng được.`), p("Ban kiểm phiếu chưa mở bỏ phiếu. Giữ trang này mở; đến giờ phiếu tự hiện ra."));
  const mine = booth.turn;
  while (mine === booth.turn) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN));
    const now = await askMe().catch(() => booth.line);
    if (mine === booth.turn && now.state !== "sealed") return go("enter").catch(stuck);
  }
}

export function ended(isLeft = false) {
  document.querySelector(".vote-clock").hidden = true;
  const isVoid = (booth.line?.state ?? facts.state) === "void";
  const why = isVoid ? "Cuộc bỏ phiếu này đã hủy, không phiếu nào được tính." : "Không nhận phiếu nữa.";
  screen(
    null,
    el("h1", {}, isVoid ? "Cuộc bỏ phiếu đã hủy" : "Hòm phiếu đã đóng"),
    isLeft ? notice("warn", p("Phiếu đã niêm phong trên máy này chưa vào hòm trước khi đóng nên không được tính.")) : null,
    p(why),
    el("div", { class: "vote-ways" }, el("a", { class: "btn btn-primary", href: facts.ballot }, "Xem cuộc bỏ phiếu"), el("a", { class: "btn btn-outline", href: facts.board }, "Tìm mã phiếu trong bảng kê")),
    booth.line ? null : el("details", {}, el("summary", {}, "Xem lại biên nhận của tôi"), slipForm()),
  );
}

way("sign-in", signInAgain);
way("not-open", notOpen);
