// The second device: builds the checked ballot anew and compares every byte with what lies on the board.
import { Mismatch, checkAudit, readManifest, readOpening } from "../client/index.js";
import { askBytes, button, code, el, facts, notice, p, show, told } from "../parts/page.js";

const place = document.getElementById("noi-dung");

const chosenOf = (manifest, choices) =>
  choices.flatMap((row, q) => row.map((one, i) => (one ? manifest.questions[q].options[i].title : null))).filter(Boolean);

const textOf = (packed) => {
  const bytes = Uint8Array.from(atob(packed.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
  return new TextDecoder().decode(bytes);
};

async function check() {
  const text = textOf(location.hash.slice(1));
  const opening = readOpening(text);
  const manifest = readManifest(await askBytes(facts.manifest));
  const bytes = await askBytes(`${facts.audited}${opening.ballot}.bin`);
  const found = checkAudit(manifest, bytes, text);
  const chosen = chosenOf(manifest, found.choices);
  show(
    place,
    el("h1", {}, "Máy kia đã mã hóa đúng"),
    notice("done", p("So hai điều sau với máy kia. Khớp cả hai thì máy kia không đổi lựa chọn.")),
    el("dl", { class: "vote-facts" }, el("dt", {}, "Lựa chọn thử"), el("dd", {}, chosen.length ? chosen.join(", ") : "Phiếu trắng"), el("dt", {}, "Mã phiếu"), el("dd", {}, code(found.tracker))),
    p("Kiểm tra phát hiện được máy đổi lựa chọn, không phát hiện được máy xem trộm."),
  );
}

const differs = (fault) => [
  el("h1", {}, "Không khớp"),
  told(fault),
  p("Báo ban kiểm phiếu và không dùng máy kia để bỏ phiếu."),
];

/** Nothing was compared: that accuses no device. */
const unchecked = (fault) => [
  el("h1", {}, "Chưa kiểm tra được"),
  told(fault),
  p("Chưa so được gì, đây không phải lỗi của máy kia. Quét lại mã trên máy kia, rồi thử lại."),
  button("Thử lại", () => location.reload()),
];

check().catch((fault) => show(place, ...(fault instanceof Mismatch ? differs(fault) : unchecked(fault))));
