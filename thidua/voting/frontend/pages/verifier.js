// The second verifier as a page: opens packages from disk, sends nothing anywhere.
import { checkAudit, readOpening } from "../client/audit.js";
import { hex, unhex } from "../core/bytes.js";
import { readReceipt } from "../core/board.js";
import { fingerprint, headMark, manifestMark } from "../core/hashing.js";
import { passes } from "../core/manifest.js";
import { Refusal } from "../core/refusal.js";
import { CHECKS, faultsGently, opened } from "../verifier/checks.js";
import { MEANINGS } from "../verifier/meanings.js";
import { compare, openZip } from "../verifier/package.js";

const $ = (id) => document.getElementById(id);
const UNREADABLE =
  "Chọn đúng tệp .zip tải từ nút “Tải gói chứng cứ”, chưa giải nén, chưa sửa. Tải dở thì tải lại. Đây không phải lời chê cuộc bỏ phiếu: chưa kiểm được gì cả.";

/** An element with attributes and children; text never becomes markup. */
function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

const bytesOf = async (file) => new Uint8Array(await file.arrayBuffer());
/** Rests at most five times a second, so that resting does not cost more than the work. */
function rested() {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < 200) return;
    await painted();
    last = performance.now();
  };
}

const painted = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

function say(place, kind, title, ...lines) {
  const parts = lines.map((line) => el("p", {}, line));
  place.replaceChildren(el("div", { class: `notice ${kind}` }, el("p", {}, el("strong", {}, title)), ...parts));
}

/** Run the work of a form; what cannot be read is said where the result would stand. */
function onSubmit(id, place, work) {
  const form = $(id);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    try {
      await work();
    } catch (fault) {
      const sentence = fault instanceof Refusal ? fault.message : "Không đọc được tệp này.";
      say($(place), "wrong", "Không kiểm được", sentence, UNREADABLE);
    }
    button.disabled = false;
    $(place).focus();
  });
}

// --- One package ---

onSubmit("check", "verdict", async () => {
  $("report").replaceChildren();
  say($("verdict"), "", "Đang đọc gói…");
  await painted();
  const files = await openZip(await bytesOf($("package").files[0]));
  const it = await read(files);
  if (it) await judge(it, files);
});

async function read(files) {
  const receipts = await Promise.all([...$("receipts").files].map(async (file) => readReceipt(await bytesOf(file))));
  const lines = $("marks").value.split("\n").filter((line) => line.trim());
  const marks = lines.map((line) => ({ k: Number.parseInt(line, 10), mark: line.slice(line.indexOf("=") + 1) }));
  try {
    return opened(files, { receipts, marks });
  } catch (fault) {
    say($("verdict"), "wrong", "SAI ở V01", fault.message);
    $("report").replaceChildren(checklist(0));
    return null;
  }
}

async function judge(it, files) {
  for (const [at, [code, check]] of CHECKS.entries()) {
    say($("verdict"), "", `Đang kiểm ${code}: ${MEANINGS[code]}…`);
    await painted();
    const faults = await faultsGently(it, check, rested());
    if (faults.length) {
      say($("verdict"), "wrong", `SAI ở ${code}: ${MEANINGS[code]}`, ...faults.slice(0, 20));
      $("report").replaceChildren(checklist(at));
      return;
    }
  }
  const { title, held_by: holder } = it.manifest.told;
  const lines = [`${title}, ${holder}. Qua đủ ${CHECKS.length} kiểm tra trên ${it.entries.length} dòng của bảng.`, ...limits(it)];
  say($("verdict"), "right", "ĐÚNG", ...lines);
  $("report").replaceChildren(...results(it), facts(it), ...stamped(it, files), checklist(CHECKS.length));
}

/** What was not, or could not be, checked. */
function limits({ ledger, receipts, marks, minutes, manifest }) {
  const said = [];
  if (ledger.of("void").length) said.push("Cuộc bỏ phiếu này đã bị hủy.");
  if (ledger.isPurged) said.push("Nội dung phiếu đã hủy theo thời hạn: số phiếu được kiểm từ tổng mã hóa trở đi.");
  if (!ledger.close) said.push("Cuộc bỏ phiếu chưa đóng.");
  else if (!ledger.of("result").length) said.push("Đã đóng phiếu, chưa có kết quả.");
  if (manifest.told.kind === "poll") said.push("Đây là thăm dò: không kín với máy chủ, không dùng để bầu.");
  if (manifest.told.kind === "rehearsal") said.push("Đây là bỏ phiếu thử.");
  if (ledger.of("minutes").length) {
    said.push(minutes.length ? "Biên bản kèm gói là biên bản ghi trên bảng." : "Bảng có ghi biên bản nhưng gói không kèm.");
  }
  if (!receipts.length && !marks.length) said.push("Bạn chưa mang biên nhận hay dấu nào để đối chiếu (V09).");
  return said;
}

function results({ manifest, ledger }) {
  const [entry] = ledger.of("result");
  if (!entry) return [];
  const { counts } = ledger.told(entry);
  return manifest.questions.map((asked, q) => {
    const head = ["Phương án", "Số phiếu", ...(asked.threshold ? ["Tỷ lệ"] : [])];
    const rows = asked.options.map((option, i) => {
      const reached = asked.threshold ? [el("td", {}, passes(asked.threshold, counts[q][i], ledger.present) ? "đạt" : "không đạt")] : [];
      return el("tr", {}, el("td", {}, option.title), el("td", { class: "number" }, String(counts[q][i])), ...reached);
    });
    const cells = head.map((name, at) => el("th", { scope: "col", ...(at === 1 && { class: "number" }) }, name));
    return el("table", {}, el("caption", {}, asked.title), el("thead", {}, el("tr", {}, ...cells)), el("tbody", {}, ...rows));
  });
}

function facts({ manifest, ledger }) {
  const { told, trustees } = manifest;
  const rows = [
    ["Số thành viên, số mã cử tri", `${told.members}, ${told.roll.length}`],
    ["Số người đã bỏ phiếu", String(ledger.counted.size)],
    ["Số lần kiểm tra máy", String(ledger.of("audited").length)],
    ["Người giữ khóa", trustees.count ? `${trustees.names.join(", ")}; cần ${trustees.needed} người và máy chủ` : "chỉ máy chủ"],
    ["Dấu bản niêm phong, phải là dấu trên màn chiếu", el("span", { class: "code" }, manifestMark(manifest.eh))],
    ["Tên của cuộc (eh)", el("span", { class: "code" }, hex(manifest.eh))],
    ["Chương trình bỏ phiếu", el("span", { class: "code" }, told.client)],
    ["Vân tay các phần khóa", el("span", { class: "code" }, trustees.commits.map((one) => fingerprint("dkg", one)).join("; "))],
  ];
  if (ledger.close) rows.push([`Dấu khi đóng (dòng ${ledger.close.k})`, el("span", { class: "code" }, headMark(ledger.close.head))]);
  return el("dl", {}, ...rows.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]));
}

function stamped({ ledger }, { timestamp }) {
  if (!timestamp || !ledger.close) return [];
  const command = `openssl ts -verify -digest ${hex(ledger.close.head)} -in close.tsr -CAfile CHỨNG-THƯ-GỐC.pem`;
  const said = "Gói có dấu thời gian close.tsr. Trang này không kiểm dấu ấy; kiểm bằng lệnh:";
  return [el("h3", {}, "Dấu thời gian"), el("p", {}, said), el("p", { class: "code" }, command)];
}

/** All checks; those before `failed` passed, those after it were not reached. */
function checklist(failed) {
  const rows = CHECKS.map(([code], at) => {
    const [kind, mark, word] = at < failed ? ["passed", "✓", "qua"] : at === failed ? ["failed", "✗", "không qua"] : ["later", "–", "chưa kiểm"];
    const meaning = el("span", {}, MEANINGS[code], el("span", { class: "word" }, ` – ${word}`));
    return el("li", { class: kind }, el("span", { class: "mark", "aria-hidden": "true" }, mark), el("span", { class: "code" }, code), meaning);
  });
  return el("div", {}, el("h3", {}, "Hai mươi kiểm tra"), el("ol", { class: "checks" }, ...rows));
}

// --- Two packages; an audited device ---

onSubmit("compare", "compared", async () => {
  const [one, two] = await Promise.all(["one", "two"].map(async (id) => openZip(await bytesOf($(id).files[0]))));
  const found = compare(one, two);
  if (found.same) say($("compared"), "right", "KHỚP", `${found.lines} dòng của gói trước còn nguyên trong gói sau.`);
  else say($("compared"), "wrong", "KHÁC", found.why);
});

onSubmit("audit", "checked", async () => {
  const it = opened(await openZip(await bytesOf($("audited").files[0])));
  const text = $("opening").value;
  const told = readOpening(text);
  const found = [...it.ledger.ballots.values()].find((ballot) => hex(ballot.hash) === told.ballot);
  if (!found) throw new Refusal("", "Gói này không có phiếu thử ấy.");
  const line = it.ledger.lineOf(unhex(told.credential));
  const unit = line === undefined ? "" : it.manifest.told.roll[line].unit;
  const { choices, tracker } = checkAudit(it.manifest, found.bytes, text, unit);
  const chosen = it.manifest.questions.map((asked, q) => {
    const names = asked.options.filter((_, i) => choices[q][i]).map((option) => option.title);
    return `${asked.title}: ${names.join(", ") || "không chọn phương án nào"}.`;
  });
  say($("checked"), "right", "ĐÚNG", `Máy đã mã hóa đúng lựa chọn này. Mã tra cứu ${tracker}; phiếu này không được bỏ.`, ...chosen);
});
