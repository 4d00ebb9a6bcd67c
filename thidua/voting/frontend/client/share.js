// A trustee's share of the decryption, given only for the aggregate this device computed itself (section 9.3).
import { hex, same } from "../core/bytes.js";
import { bytesOf } from "../core/canonical.js";
import { element, times } from "../core/group.js";
import { headMark, readLetters } from "../core/hashing.js";
import { proveFactor } from "../core/proofs.js";
import { Refusal } from "../core/refusal.js";
import { isOwnPart, keyShare } from "../core/trustees.js";
import { verifyGently } from "../verifier/checks.js";
import { store as browser } from "./store.js";

const rest = () => new Promise((resolve) => setTimeout(resolve));
const nameOf = (eh) => `shared:${hex(eh)}`;

/**
 * The bytes of the entry `share`. Refusals: a check of the board fails (its code), not closed (V15), too few ballots or
 * another aggregate (V16), another mark on the projector (V09), a second close (V16), a share that fits no sender or a
 * manifest under other keys (V04).
 */
export async function trusteeShare(files, secret, typedMark, { store = browser, draw, pause = rest } = {}) {
  const report = await verifyGently(files, pause);
  if (report.code) throw new Refusal(report.code, `Bảng sai: ${report.faults[0]}`);
  const { ledger } = report;
  const { manifest, close } = ledger;
  if (ledger.of("void").length) throw new Refusal("V15", "Cuộc bỏ phiếu này đã bị hủy, không mở phiếu");
  if (!close) throw new Refusal("V15", "Chưa đóng phiếu");
  if (readLetters(typedMark) !== readLetters(headMark(close.head))) {
    throw new Refusal("V09", "Dấu trên màn chiếu khác dấu của bảng này");
  }
  if (ledger.counted.size < manifest.told.min_ballots) {
    throw new Refusal("V16", "Số phiếu ít hơn mức tối thiểu, không được mở");
  }
  const before = await store.get(nameOf(manifest.eh));
  if (before && before !== hex(close.head)) throw new Refusal("V16", "Máy này đã giải một lần đóng phiếu khác");
  checkOwnPart(manifest, secret);
  const payload = shareOf(ledger, secret, draw);
  await store.put(nameOf(manifest.eh), hex(close.head));
  return payload;
}

/**
 * The manifest was sealed over the very keys of the ceremony (section 5.8): this trustee's part follows from `secret`,
 * and everybody's commitment is the one this device saw when fingerprints were read aloud. Refusal V04 otherwise.
 */
export function checkOwnPart(manifest, secret) {
  const { trustees } = manifest;
  const seen = secret.commits ?? trustees.commits;
  if (!isOwnPart(secret, trustees)) {
    throw new Refusal("V04", "Bản niêm phong không dùng phần khóa của anh/chị");
  }
  if (seen.length !== trustees.commits.length || !seen.every((one, at) => same(one, trustees.commits[at]))) {
    throw new Refusal("V04", "Bản niêm phong dùng phần khóa khác với các vân tay đã đọc to");
  }
}

function shareOf({ manifest, close, sums }, secret, draw) {
  const x = keyShare(secret, manifest.trustees);
  const key = manifest.trustees.publicKeys[secret.index];
  const place = { eh: manifest.eh, close: close.head, holder: secret.index, key };
  if (!same(times(x).toBytes(), key)) throw new Refusal("V04", "Phần khóa không khớp bản niêm phong");
  const rows = sums.map((row, q) =>
    row.map(([alpha, beta], i) => {
      const factor = times(x, element(alpha)).toBytes();
      return { factor, proof: proveFactor({ ...place, q, i, alpha, beta, factor }, x, draw) };
    }),
  );
  const told = (part) => rows.map((row) => row.map((one) => hex(one[part])));
  return bytesOf({ factors: told("factor"), proofs: told("proof"), trustee: secret.index });
}
