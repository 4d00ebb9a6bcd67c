// The voting page: choose, seal, cast or check the device, receipt. A choice leaves this device only encrypted.
import { hex, soundManifest } from "../client/index.js";
import { keepTime } from "../parts/clock.js";
import { kept, ownKey } from "../parts/keeping.js";
import { askBytes, facts } from "../parts/page.js";
import { SLIP, askMe, booth, isOpen, sentName, way } from "../voter/booth.js";
import { choose } from "../voter/choice.js";
import { askForSlip, early, ended, notOpen, stuck, useSlip } from "../voter/hall.js";
import { receipt } from "../voter/receipt.js";
import { sealed } from "../voter/sealed.js";

/** The scanned slip's part of the address; the sign-in page kept it in this tab when it stood in between. */
function fragment() {
  const name = `fragment:${location.pathname}`;
  const found = location.hash || sessionStorage.getItem(name) || "";
  sessionStorage.removeItem(name);
  return found;
}

async function begin() {
  if (!facts.sealed) return early("Cuộc bỏ phiếu đang chuẩn bị: cấu hình chưa niêm phong.");
  booth.manifest = soundManifest(await askBytes(facts.manifest));
  const scanned = new URLSearchParams(fragment().slice(1)).get("ma") ?? sessionStorage.getItem(SLIP);
  if (location.hash) history.replaceState(null, "", location.pathname);
  if (scanned) useSlip(scanned);
  else booth.signer = await ownKey(facts.meeting);
  if (booth.signer) return enter();
  return ["sealed", "open"].includes(facts.state) ? askForSlip() : ended();
}

async function enter() {
  booth.line = await askMe();
  booth.sent = await unsent();
  if (!isOpen()) return notOpen(booth.sent !== null);
  keepTime(booth.line.closes_ms, booth.line.now_ms);
  if (booth.sent) return sealed();
  if (booth.line.receipt) return receipt(booth.line.receipt, booth.line.receipt_ms);
  return choose();
}

/** A ballot this device sealed before it was closed or lost the network, if it still waits for a decision. */
async function unsent() {
  const before = await kept.get(sentName());
  if (!before || before.decided) return null;
  return booth.line.pending === hex(before.hash) || booth.line.pending === null ? before : null;
}

way("enter", enter);
begin().catch(stuck);
