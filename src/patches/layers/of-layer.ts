/** Owns errors of one layer among many: told in its own repository's words, with its name. */
import { toldOf } from "../../git/damage.js";
import { UnforkError } from "../../support/errors.js";
import type { Session } from "../alone/session.js";

export interface Named {
  readonly name: string;
  /** `file:line` of the layers file, where it is not in the message already. */
  readonly place?: string;
}

/** The same error for somebody who works on several repositories; `more` ends the sentence. Bugs stay as they are. */
export function ofLayer({ name, place }: Named, { existing }: Session, thrown: unknown, more = ""): unknown {
  const error = toldOf(existing, thrown);
  if (!(error instanceof UnforkError)) return error;
  // What git said is told now: whoever sees it next does not know whose it is.
  const { git: _said, ...context } = error.context;
  const named = place !== undefined && error.message.startsWith(place);
  const where = place === undefined ? "" : `${place}: `;
  return new UnforkError(error.code, `${named ? "" : `${where}layer ${name}: `}${error.message}${more}`, {
    ...(error.hint === undefined ? {} : { hint: error.hint }),
    context: { ...context, layer: name },
    cause: error,
  });
}
