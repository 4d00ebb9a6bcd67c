// Khóa ký của ban kiểm phiếu, and the replacement of a lost credential under two signatures.
import { credentialFingerprint, deviceSigner, forgetDeviceKey, hex, signReplacement, slipSigner, unhex } from "../client/index.js";
import { askJson, busy, button, code, el, facts, notice, p, show } from "../parts/page.js";
import { makeSlip, slipCard } from "../parts/slip.js";

const NAME = `ban-kiem-phieu:${facts.meeting}`;
const place = document.getElementById("ket-qua");
const sheet = document.getElementById("phieu-ma");

/** The key on paper where its code was typed, else the one this device made. */
async function signer() {
  const typed = document.getElementById("ma-ky")?.value.trim();
  const mine = typed ? slipSigner(facts.meeting, typed) : await deviceSigner(NAME);
  if (facts.own && hex(mine.key) !== facts.own) {
    throw new Error(typed ? "Mã này không phải khóa ký của anh/chị." : "Khóa ký nằm trên máy khác hoặc trên giấy. Dùng máy đã tạo khóa ký, hoặc gõ mã khóa ký trên giấy.");
  }
  return mine;
}

async function keep(key, told) {
  await askJson(facts.keep, { json: { key: hex(key) } });
  facts.own = hex(key);
  show(document.getElementById("khoa-cua-toi"), told);
}

async function makeKey() {
  await forgetDeviceKey(NAME);
  const mine = await deviceSigner(NAME);
  await keep(mine.key, "Máy chủ đã nhận khóa ký của anh/chị. Mang máy này theo khi bỏ phiếu.");
}

/** For whoever will not have the same device in the room: the key is its code, written down and typed again. */
async function makeOnPaper() {
  const made = makeSlip(facts.meeting);
  await keep(made.key, "Máy chủ đã nhận khóa ký của anh/chị. Khóa là mã dưới đây, không nằm trên máy nào:");
  document.getElementById("khoa-cua-toi").append(" ", el("code", { class: "big" }, made.text), " Chép ra giấy, giữ kín, mang theo khi bỏ phiếu.");
}

const sign = async (old, made) => signReplacement(unhex(facts.eh), unhex(old), unhex(made), await signer());

async function propose(form) {
  const line = facts.lines.find((one) => one.entry === Number(form.entry.value));
  const slip = makeSlip(facts.meeting);
  const made = hex(slip.key);
  const signature = hex(await sign(line.key, made));
  await askJson(facts.replace, { json: { entry: line.entry, new: made, reason: form.reason.value, signature } });
  sheet.replaceChildren(slipCard(facts, line, slip));
  document.getElementById("in").hidden = false;
  show(
    place,
    notice("done", p("Đã ký và gửi đề nghị. In phiếu mã mới ngay. Thẻ mới dùng được sau khi thêm một người trong ban ký; vân tay thẻ mới: ", code(credentialFingerprint(slip.key)))),
  );
}

async function join(asked, item) {
  const signature = hex(await sign(asked.old, asked.new));
  const done = await askJson(facts.replace, { json: { new: asked.new, signature } });
  item.replaceChildren(p(done.done ? "Đã đủ chữ ký, bảng kê đã ghi thẻ mới. Thẻ cũ hết hiệu lực." : "Đã ký, chờ thêm chữ ký."));
}

document.getElementById("tao-khoa")?.addEventListener("click", (event) => busy(event.currentTarget, place, makeKey, "Đang tạo…"));

document.getElementById("tao-giay")?.addEventListener("click", (event) => busy(event.currentTarget, place, makeOnPaper, "Đang tạo…"));

const form = document.getElementById("thay");
if (form) {
  form.entry.append(...facts.lines.map((line) => el("option", { value: line.entry }, `${line.position}. ${line.name}, ${line.unit}`)));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    busy(form.querySelector("[type=submit]"), place, () => propose(form), "Đang tạo và ký…");
  });
  document.getElementById("in").addEventListener("click", () => window.print());
  for (const asked of facts.waiting) {
    const item = el("div", { class: "waiting" });
    const control = button("Ký thay thẻ", () => busy(control, place, () => join(asked, item)), "btn-primary");
    item.append(
      p(el("strong", {}, asked.name), `: ${asked.reason}. Vân tay thẻ mới: `, code(asked.fingerprint), `. Đã có ${asked.signed}/${facts.signers} chữ ký.`),
      asked.mine ? p("Anh/chị đã ký.") : control,
    );
    document.getElementById("cho-ky").append(item);
  }
}
