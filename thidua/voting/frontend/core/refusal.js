/** Không nhận: the code of the check that failed (section 10) and a sentence for people. */
export class Refusal extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}
