// All that the pages of a ballot need of PHIEUKIN-1 (docs/spec/phieukin-1.md).
import encodeQR from "qr";
import { receiptIsSigned } from "../core/board.js";
import { verified } from "../core/group.js";
import { h64, readLetters } from "../core/hashing.js";
import { Refusal } from "../core/refusal.js";

export { hex, unhex } from "../core/bytes.js";
export { Ballot, makeBallot } from "../core/ballots.js";
export { makeDecision, headMessage } from "../core/board.js";
export { credentialFingerprint, newSlip, seedSigner, slipSeed, slipSigner } from "../core/credentials.js";
export { ballotHash, headMark, manifestMark, readLetters, trackerOf } from "../core/hashing.js";
export { readManifest } from "../core/manifest.js";
export { Refusal } from "../core/refusal.js";
export { Trustees, begin, commitFingerprint, commitmentTo, keyShare, sealShares } from "../core/trustees.js";
export { Mismatch, checkAudit, openingText, readOpening } from "./audit.js";
export { backup, newPassphrase, restore } from "./backup.js";
export { deviceSigner, forgetDeviceKey, hasDeviceKey } from "./device.js";
export { soundManifest } from "./sound.js";
export { checkOwnPart, trusteeShare } from "./share.js";
export { store } from "./store.js";

/** A picture of `text`: an SVG without script or colour, dark on light. */
export const qrSvg = (text) => encodeQR(text, "svg", { ecc: "medium", border: 2 });

/** The receipt of the ballot with this tracker, signed by the server for this election; Refusal V09 otherwise. */
export function checkReceipt(manifest, told, tracker) {
  if (!receiptIsSigned(manifest, told)) throw new Refusal("V09", "Biên nhận không có chữ ký đúng của máy chủ");
  if (readLetters(told.tracker) !== readLetters(tracker)) throw new Refusal("V09", "Biên nhận của một phiếu khác");
}

const replacement = (eh, old, replaced) => h64("replace", eh, old, replaced);

/** A committee member's signature that lets a new credential in for a lost one (section 5.6). */
export const signReplacement = (eh, old, replaced, signer) => signer.sign(replacement(eh, old, replaced));

export const replacementIsSigned = (eh, old, replaced, key, signature) =>
  verified(key, replacement(eh, old, replaced), signature);
