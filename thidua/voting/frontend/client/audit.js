// Kiểm tra máy: the opening goes to a second device, which builds the ballot anew (section 7.5).
import { hex, same, unhex } from "../core/bytes.js";
import { Ballot, ballotBody } from "../core/ballots.js";
import { bytesOf, hexOf, natural, oneOf, read } from "../core/canonical.js";
import { PROTOCOL } from "../core/hashing.js";
import { Refusal } from "../core/refusal.js";

const OPENING = {
  ballot: hexOf(32),
  choices: [[natural]],
  counter: natural,
  credential: hexOf(32),
  eh: hexOf(32),
  protocol: oneOf(PROTOCOL),
  seed: hexOf(32),
};

/** What a voter shows of a ballot under check, small enough for one QR picture: canonical JSON. */
export function openingText(manifest, ballot, opening) {
  const made = new Ballot(manifest, "", ballot);
  const told = {
    ballot: hex(made.hash),
    choices: opening.choices,
    counter: made.counter,
    credential: hex(made.credential),
    eh: hex(manifest.eh),
    protocol: PROTOCOL,
    seed: hex(opening.seed),
  };
  return new TextDecoder().decode(bytesOf(told));
}

export const readOpening = (text) => read(new TextEncoder().encode(text.trim()), OPENING, "phiếu thử");

/** The device encrypted anything but what it shows; every other Refusal says that nothing could be compared. */
export class Mismatch extends Refusal {}

/**
 * What the audited ballot `bytes` (from the board) really holds: {choices, tracker}. Mismatch when the device encrypted
 * anything but what it shows.
 */
export function checkAudit(manifest, bytes, text, unit) {
  const told = readOpening(text);
  const units = unit === undefined ? unitsOf(manifest, told.credential) : [unit];
  const [ballot] = units.map((one) => new Ballot(manifest, one, bytes));
  if (told.eh !== hex(manifest.eh)) throw new Refusal("V03", "Phiếu thử của một cuộc bỏ phiếu khác");
  if (told.ballot !== hex(ballot.hash)) throw new Refusal("", "Phiếu trên bảng không phải phiếu đang kiểm tra");
  if (!units.some((one) => comesOut(manifest, told, one, bytes))) {
    throw new Mismatch("", "Máy đã mã hóa khác với lựa chọn này. Không dùng máy này để bỏ phiếu; báo ban kiểm phiếu.");
  }
  return { choices: told.choices, tracker: ballot.tracker };
}

/** A slip given for a lost one stands on the board alone: its unit is any of the roll's, under which the bytes come out. */
function unitsOf(manifest, credential) {
  if (manifest.lines.has(credential)) return [manifest.unitOf(unhex(credential))];
  return [...new Set(["", ...manifest.told.roll.map((line) => line.unit)])];
}

function comesOut(manifest, told, unit, bytes) {
  const ballot = new Ballot(manifest, unit, bytes);
  const opening = { seed: unhex(told.seed), choices: told.choices };
  try {
    return ballot.fits && same(ballot.body, ballotBody(manifest, unhex(told.credential), told.counter, opening, unit));
  } catch {
    return false;
  }
}
