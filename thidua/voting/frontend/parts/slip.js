// A paper slip as it is printed: the code never leaves this browser but on paper.
import { credentialFingerprint, newSlip, slipSigner } from "../client/index.js";
import { code, el, p, qr } from "./page.js";

/** A fresh code with its key. */
export function makeSlip(meeting) {
  const text = newSlip();
  return { text, key: slipSigner(meeting, text).key };
}

/** Who a line of the roll is: the person with the unit, or the unit alone where it sends whom it likes. */
export const lineName = (line) => `${line.position}. ${line.name}${line.unit === line.name ? "" : `, ${line.unit}`}`;

/** The slip of one line: whose it is, the picture that opens the voting page, the code to type instead. */
export const slipCard = ({ title, held_by: holder, vote }, line, slip) =>
  el(
    "article",
    { class: "slip" },
    el("header", {}, el("strong", {}, "PHIẾU MÃ"), el("span", {}, holder)),
    p(title),
    el("div", { class: "slip-body" }, qr(`${vote}#ma=${slip.text}`, "Quét để mở phiếu"), el(
      "div",
      {},
      p(el("strong", {}, lineName(line))),
      p("Vân tay: ", code(credentialFingerprint(slip.key))),
      p("Đăng nhập ", el("strong", {}, new URL(vote).host), ", rồi quét mã; hoặc mở phiếu và gõ:"),
      p(el("code", { class: "slip-code" }, slip.text)),
    )),
    p("Giữ kín. Bỏ phiếu xong thì hủy phiếu mã này. Mất thì báo ngay ban kiểm phiếu."),
  );
