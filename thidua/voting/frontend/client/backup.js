// The trustee's key on paper: encrypted under a passphrase, as letters and as a QR picture (section 5.7).
import { hmac } from "@noble/hashes/hmac.js";
import { scryptAsync } from "@noble/hashes/scrypt.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { SIZE, concat, draw as system, little, same, u8, utf8, xor } from "../core/bytes.js";
import { ORDER, scalarBytes } from "../core/group.js";
import { grouped, h32, isLetters, letters, readLetters, unletters } from "../core/hashing.js";
import { Refusal } from "../core/refusal.js";

const VERSION = 1;
const SALT = 16;
const TAG = 16;
const LENGTH = 2 + SALT + SIZE + TAG;
const LETTERS = Math.ceil((LENGTH * 8) / 5);
const COST = { N: 2 ** 15, r: 8, p: 1, dkLen: 2 * SIZE };
const PASSPHRASE = 16; // letters, 80 bits

/** A passphrase worth its name, to be written down by hand and kept apart from the picture. */
export const newPassphrase = (draw = system) => grouped(letters(draw(10), PASSPHRASE));

const keysOf = (meeting, index, salt, passphrase) =>
  scryptAsync(utf8(passphrase.trim().normalize("NFC")), h32("backup", utf8(meeting), u8(index), salt), COST);

const tagOf = (key, body) => hmac(sha256, key, body).subarray(0, TAG);

/** The text to print: 106 letters in fours. */
export async function backup({ meeting, index, transport }, passphrase, draw = system) {
  const salt = draw(SALT);
  const keys = await keysOf(meeting, index, salt, passphrase);
  const body = concat(u8(VERSION), u8(index), salt, xor(scalarBytes(transport), keys.subarray(0, SIZE)));
  return grouped(letters(concat(body, tagOf(keys.subarray(SIZE), body)), LETTERS));
}

/** The trustee's secret from the printed text; Refusal for a wrong passphrase or a mistyped letter. */
export async function restore(meeting, typed, passphrase) {
  const plain = readLetters(typed);
  const bytes = plain.length === LETTERS && isLetters(plain) ? unletters(plain, LENGTH) : null;
  const body = bytes?.subarray(0, LENGTH - TAG);
  if (!bytes || body[0] !== VERSION) throw new Refusal("", "Không đọc được bản sao lưu: gõ thiếu hoặc sai chữ");
  const keys = await keysOf(meeting, body[1], body.subarray(2, 2 + SALT), passphrase);
  const transport = little(xor(body.subarray(2 + SALT), keys.subarray(0, SIZE)));
  if (!same(tagOf(keys.subarray(SIZE), body), bytes.subarray(LENGTH - TAG)) || transport >= ORDER || !transport) {
    throw new Refusal("", "Sai mật khẩu, hoặc bản sao lưu của cuộc họp khác");
  }
  return { meeting, index: body[1], transport };
}
