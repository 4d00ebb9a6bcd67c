// What a voter's device asks of the manifest before it encrypts anything under its key (section 7.2).
import { Ledger } from "../core/ledger.js";
import { readManifest } from "../core/manifest.js";
import { Refusal } from "../core/refusal.js";
import { firstFault } from "../verifier/checks.js";
import { encodingsOfKeys, jointKey, keyCeremony, roll } from "../verifier/sealing.js";

const OF_MANIFEST = [["V02", encodingsOfKeys], ["V04", keyCeremony], ["V05", jointKey], ["V06", roll]];

/** The manifest of these bytes, its keys proven to be those of its holders; Refusal with the check that fails. */
export function soundManifest(bytes) {
  const manifest = readManifest(bytes);
  const { code, faults } = firstFault({ manifest, entries: [], ledger: new Ledger(manifest, []) }, OF_MANIFEST);
  if (code) throw new Refusal(code, `Bản niêm phong sai ở ${code}: ${faults[0]}`);
  return manifest;
}
