// Phiếu mã: made and printed here; the server is told public keys only.
import { hex } from "../client/index.js";
import { askJson, busy, facts, notice, p, show } from "../parts/page.js";
import { makeSlip, slipCard } from "../parts/slip.js";

const form = document.getElementById("tao");
const sheet = document.getElementById("phieu-ma");
const result = document.getElementById("ket-qua");
const print = document.getElementById("in");

async function make() {
  const chosen = new Set(new FormData(form).getAll("entry").map(Number));
  const lines = facts.lines.filter((line) => chosen.has(line.entry));
  if (!lines.length) throw new Error("Chọn ít nhất một cử tri.");
  const made = lines.map((line) => ({ line, slip: makeSlip(facts.meeting) }));
  const keys = made.map(({ line, slip }) => ({ entry: line.entry, key: hex(slip.key) }));
  await askJson(facts.slips, { json: { keys } });
  sheet.replaceChildren(...made.map(({ line, slip }) => slipCard(facts, line, slip)));
  print.hidden = false;
  show(result, notice("done", p(`Đã tạo ${made.length} phiếu mã; máy chủ đã nhận phần công khai. In ngay, trước khi rời trang.`)));
}

if (form) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    busy(form.querySelector("[type=submit]"), result, make, "Đang tạo…");
  });
  print.addEventListener("click", () => window.print());
  window.addEventListener("beforeunload", (event) => {
    if (sheet.childElementCount) event.preventDefault();
  });
}
