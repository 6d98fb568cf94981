/** Owns the options of an external resolver, for the commands that may call one. */
import { type Command, InvalidArgumentError } from "commander";

import type { Resolver } from "../../../patches/resolve/resolve-port.js";
import { UnforkError } from "../../../support/errors.js";

export interface ResolverOptions {
  readonly resolver?: string;
  readonly tries: number;
  readonly resolverTimeout: number;
  readonly verify?: string;
}

export function addResolverOptions(command: Command): Command {
  return command
    .optionsGroup("Conflicts settled by a command of yours:")
    .option("--resolver <command>", "gets a conflict packet (JSON) on stdin, returns the files (JSON) on stdout")
    .option("--tries <n>", "tries per conflict; each is told what was wrong before, and recorded", positive, 2)
    .option("--resolver-timeout <seconds>", "a try that takes longer is ended", positive, 600)
    .option("--verify <command>", "build and tests, run in a checkout of the settled patch; exit 0 is wanted");
}

export function resolverOf({ resolver, tries, resolverTimeout, verify }: ResolverOptions): { resolver?: Resolver } {
  if (resolver !== undefined) return { resolver: { command: resolver, tries, timeoutMs: resolverTimeout * 1000, verify: verify ?? null } };
  if (verify === undefined) return {};
  throw new UnforkError("usage", "--verify looks at what a resolver settled, and there is no --resolver", { hint: "give --resolver, too" });
}

function positive(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError("a whole number from 1 on is wanted");
  return value;
}
