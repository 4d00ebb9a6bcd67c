// Nhận thẻ trên máy: a key that stays in this browser, its public half told to the server.
import { credentialFingerprint, deviceSigner, hex } from "../client/index.js";
import { askJson, busy, code, el, facts, notice, p, show } from "../parts/page.js";

const place = document.getElementById("ket-qua");

async function enroll(entry) {
  const signer = await deviceSigner(facts.meeting);
  await askJson(facts.device, { json: { entry, key: hex(signer.key) } });
  await navigator.storage?.persist?.();
  for (const control of document.querySelectorAll(`[data-enroll="${entry}"]`)) control.hidden = true;
  show(
    place,
    notice(
      "done",
      p("Máy chủ đã nhận thẻ của anh/chị. Chép lại vân tay này để đối chiếu khi đọc danh sách:"),
      el("p", { class: "mark-big" }, code(credentialFingerprint(signer.key))),
      signer.locked ? null : p("Trình duyệt này không khóa được khóa riêng; ai mở được máy này có thể đọc nó. Nếu được, dùng phiếu mã trên giấy."),
      p(el("a", { class: "btn btn-primary", href: facts.vote }, "Mở phiếu khi đến giờ")),
    ),
  );
}

for (const control of document.querySelectorAll("[data-enroll]")) {
  control.addEventListener("click", () => busy(control, place, () => enroll(Number(control.dataset.enroll)), "Đang tạo thẻ…"));
}
