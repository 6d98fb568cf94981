/** Owns the two ways in which a name is given up. They are thrown as values made once, and never leave this folder. */

/** `malformed`: not a name of the grammar. `too-big`: over one of the limits. */
export type Failure = "malformed" | "too-big";

class GiveUp extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure);
    this.failure = failure;
  }
}

const MALFORMED = new GiveUp("malformed");
const TOO_BIG = new GiveUp("too-big");

export function malformed(): never {
  throw MALFORMED;
}

export function tooBig(): never {
  throw TOO_BIG;
}

/** What went wrong: a failure of ours, or a stack that the caller had nearly used up. Anything else is thrown on. */
export function failureOf(error: unknown): Failure {
  if (error instanceof GiveUp) return error.failure;
  if (error instanceof RangeError) return "too-big";
  throw error;
}
