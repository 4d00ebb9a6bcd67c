// 2. Sealed: cast, or check the device.
import { checkReceipt, makeDecision, trackerOf } from "../client/index.js";
import { summary } from "../parts/choosing.js";
import { askJson, button, code, el, facts, p } from "../parts/page.js";
import { audit } from "./audit.js";
import { booth, medal, notSecret, place, problem, screen, settle, waiting, way, work } from "./booth.js";
import { again } from "./choice.js";
import { receipt } from "./receipt.js";

export async function sealed() {
  await askJson(facts.send, { body: booth.sent.bytes, onWait: waiting });
  const hidden = el("div", { class: "vote-hidden" }, "••••••••••");
  const eye = button("Hiện", () => {
    const isShown = eye.getAttribute("aria-expanded") === "true";
    hidden.replaceChildren(...(isShown ? ["••••••••••"] : summary(booth.manifest, booth.sent.opening.choices)));
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
      el("strong", {}, code(trackerOf(booth.sent.hash))),
      el("div", { class: "vote-choice" }, el("span", {}, "Lựa chọn của anh/chị"), eye, hidden),
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

async function cast() {
  const decision = await makeDecision(booth.manifest, booth.signer, "cast", booth.sent.hash);
  const answer = await askJson(facts.decide, { body: decision, onWait: waiting });
  checkReceipt(booth.manifest, answer.receipt, trackerOf(booth.sent.hash));
  await settle();
  booth.sent = null;
  receipt(answer.receipt, answer.ms);
}

way("sealed", sealed);
