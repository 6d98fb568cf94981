/** Owns which use cases of the register a configuration means. */
import type { UseCase } from "../model/use-case.js";
import { UnforkError } from "../support/errors.js";
import { nearest } from "../support/nearest.js";

/** Those named in `useCases.only`, in the register's order; all without it. Throws `config-invalid` for an id that the register lacks. */
export function configuredUseCases(all: readonly UseCase[], only: readonly string[] | undefined, configName: string): UseCase[] {
  if (only === undefined) return [...all];
  const known = all.map(({ id }) => id);
  const unknown = only.find((id) => !known.includes(id));
  if (unknown === undefined) return all.filter(({ id }) => only.includes(id));
  const near = nearest(unknown, known);
  throw new UnforkError("config-invalid", `${configName}: useCases.only: there is no use case '${unknown}'`, {
    hint: near === undefined ? "`unfork usecase list` shows them all" : `did you mean '${near}'?`,
    context: { key: "useCases.only" },
  });
}
