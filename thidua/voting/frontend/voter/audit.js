// Kiểm tra máy: the ballot is opened, shown to another device, and never counts.
import { makeDecision, openingText, trackerOf } from "../client/index.js";
import { named } from "../parts/choosing.js";
import { askJson, button, code, el, facts, notice, p, qr } from "../parts/page.js";
import { booth, problem, screen, settle, waiting, work } from "./booth.js";
import { again } from "./choice.js";

const packed = (text) => {
  const letters = [...new TextEncoder().encode(text)].map((byte) => String.fromCharCode(byte)).join("");
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
};

export async function audit() {
  const decision = await makeDecision(booth.manifest, booth.signer, "audited", booth.sent.hash);
  await askJson(facts.decide, { body: decision, onWait: waiting });
  await settle();
  const text = openingText(booth.manifest, booth.sent.bytes, booth.sent.opening);
  const address = `${facts.check}#${packed(text)}`;
  screen(
    1,
    el("h1", {}, "Kiểm tra máy"),
    notice("warn", p(el("strong", {}, "Phiếu này đã mở, không được tính."), " Xong việc kiểm tra, anh/chị chọn và bỏ phiếu lại.")),
    qr(address, "Mã để máy khác dựng lại phiếu thử"),
    p("Dùng ", el("strong", {}, "máy khác"), " quét mã, rồi so hai điều sau:"),
    el("dl", { class: "vote-facts" }, el("dt", {}, "Lựa chọn thử"), el("dd", {}, named(booth.manifest, booth.sent.opening.choices)), el("dt", {}, "Mã phiếu"), el("dd", {}, code(trackerOf(booth.sent.hash)))),
    el("details", {}, el("summary", {}, "Không có máy khác quét được?"), p("Chép địa chỉ này, hoặc đoạn chữ sau cho chương trình kiemphieu.py (lệnh kiem-may):"), el("p", {}, el("a", { href: address, class: "vote-check-link" }, "Mở trang kiểm tra")), el("textarea", { readonly: true, rows: 4, "aria-label": "Phiếu thử đã mở" }, text)),
    p("Kiểm tra phát hiện được máy đổi lựa chọn, không phát hiện được máy xem trộm."),
    el("div", { class: "vote-bar still" }, button("Khớp, chọn và bỏ phiếu lại", work(again)), button("Không khớp, báo ban kiểm phiếu", report, "btn-danger")),
  );
}

const report = () =>
  problem.replaceChildren(notice("error", p("Không bỏ phiếu bằng máy này. Giữ nguyên màn hình, gọi ban kiểm phiếu; họ cấp phiếu mã để anh/chị bỏ bằng máy khác.")));
