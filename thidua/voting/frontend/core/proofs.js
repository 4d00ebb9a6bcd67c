// Proofs whose challenge names all they prove (section 6). An answer is c ‖ s in 64 bytes.
import { SIZE, concat, draw as system, little, u32, u8, utf8 } from "./bytes.js";
import { Point, combined, element, mod, ofNumber, randomScalar, scalarBytes, times } from "./group.js";
import { challenge } from "./hashing.js";

export const PAIR = 2 * SIZE;

const answerAt = (proof, at) => ({
  c: little(proof.subarray(at, at + SIZE)),
  s: little(proof.subarray(at + SIZE, at + PAIR)),
});

const answerBytes = (c, s) => concat(scalarBytes(c), scalarBytes(s));

// --- Knowledge of a key (section 5.1) ---

export function proveKnowledge(meeting, prefix, secret, draw = system) {
  const nonce = randomScalar(draw);
  const c = challenge("zk-pok", utf8(meeting), prefix, times(nonce).toBytes());
  return answerBytes(c, nonce - c * secret);
}

export function knows(meeting, prefix, key, proof) {
  const { c, s } = answerAt(proof, 0);
  const shown = combined([Point.BASE, element(key)], [s, c]);
  return challenge("zk-pok", utf8(meeting), prefix, shown.toBytes()) === c;
}

// --- A pair encrypts one of several values (sections 6, 7.2) ---

/** {purpose, context, key (a point), alpha, beta (bytes), values} of an option. */
export const optionStatement = (bh, key, { q, i, values }, [alpha, beta]) => ({
  purpose: "zk-opt", context: [bh, u32(q), u32(i)], key, alpha, beta, values,
});

export const sumStatement = (bh, key, q, values, [alpha, beta]) => ({
  purpose: "zk-sum", context: [bh, u32(q)], key, alpha, beta, values,
});

const choiceChallenge = ({ purpose, context, alpha, beta }, commitments) =>
  challenge(purpose, ...context, alpha, beta, ...commitments);

export function choiceHolds(statement, proof) {
  const { key, alpha, beta, values } = statement;
  if (proof.length !== PAIR * values.length) return false;
  const [a, b] = [element(alpha), element(beta)];
  let total = 0n;
  const commitments = values.map((value, at) => {
    const { c, s } = answerAt(proof, at * PAIR);
    total += c;
    const shifted = value ? b.subtract(ofNumber(value)) : b;
    const first = combined([Point.BASE, a], [s, c]);
    return concat(first.toBytes(), combined([key, shifted], [s, c]).toBytes());
  });
  return mod(total - choiceChallenge(statement, commitments)) === 0n;
}

/** That the pair is `value` under randomness `r`; `scalar(label, value)` gives the randomness of the parts. */
export function proveChoice(statement, value, r, scalar) {
  const { key, values } = statement;
  if (!values.includes(value)) throw new RangeError("Lựa chọn không nằm trong các giá trị được phép");
  const nonce = scalar("k", value);
  const answers = new Map(
    values.filter((other) => other !== value).map((v) => [v, { c: scalar("c", v), s: scalar("s", v) }]),
  );
  const commitments = values.map((v) =>
    v === value ? ownCommitment(key, nonce) : simulated(key, answers.get(v), r, value - v),
  );
  const others = [...answers.values()].reduce((total, { c }) => total + c, 0n);
  const c = mod(choiceChallenge(statement, commitments) - others);
  answers.set(value, { c, s: nonce - c * r });
  return concat(...values.map((v) => answerBytes(answers.get(v).c, answers.get(v).s)));
}

const ownCommitment = (key, nonce) => concat(times(nonce).toBytes(), times(nonce, key).toBytes());

/** s·G + c·α and s·Y + c·(β − v·G) by who knows r: β − v·G = r·Y + offset·G. */
function simulated(key, { c, s }, r, offset) {
  const joined = s + c * r;
  return concat(times(joined).toBytes(), times(joined, key).add(times(c * BigInt(offset))).toBytes());
}

// --- A share of the decryption (section 9.3) ---

/** The challenge of factor F = x_j·α of option i of question q. */
const factorChallenge = ({ eh, close, holder, q, i, key, alpha, beta, factor }, first, second) =>
  challenge("zk-dec", eh, close, u8(holder), u32(q), u32(i), key, alpha, beta, factor, first, second);

export function proveFactor(statement, secret, draw = system) {
  const nonce = randomScalar(draw);
  const second = times(nonce, element(statement.alpha)).toBytes();
  const c = factorChallenge(statement, times(nonce).toBytes(), second);
  return answerBytes(c, nonce - c * secret);
}

export function factorHolds(statement, proof) {
  const { c, s } = answerAt(proof, 0);
  const first = combined([Point.BASE, element(statement.key)], [s, c]);
  const second = combined([element(statement.alpha), element(statement.factor)], [s, c]);
  return factorChallenge(statement, first.toBytes(), second.toBytes()) === c;
}
