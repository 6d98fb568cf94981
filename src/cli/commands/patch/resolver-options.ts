/** Owns the options of who settles conflicts and what verifies it, for the commands that may do so. */
import { type Command, InvalidArgumentError } from "commander";

import type { PatchSettings } from "../../../model/config.js";
import type { ResolverCommand } from "../../../patches/resolve/ask-resolver.js";
import type { Verify } from "../../../patches/resolve/verify.js";
import { UnforkError } from "../../../support/errors.js";

export interface ResolverOptions {
  readonly resolver?: string;
  readonly tries?: number;
  readonly resolverTimeout?: number;
  /** False: `--no-verify`. */
  readonly verify?: string | false;
  readonly verifyTimeout?: number;
  readonly verifyAuto?: boolean;
}

const TRIES = 2;
const RESOLVER_SECONDS = 600;
const VERIFY_SECONDS = 3600;

export function addResolverOptions(command: Command): Command {
  return command
    .optionsGroup("How conflicts are settled (in a project these go before the configuration's `patches`):")
    .option("--resolver <command>", "settles conflicts: gets a packet (JSON) on stdin, returns the files (JSON) on stdout")
    .option("--tries <n>", `tries per conflict (default: ${TRIES}); each is told what was wrong before, and recorded`, positive)
    .option("--resolver-timeout <seconds>", `a try that takes longer is ended (default: ${RESOLVER_SECONDS})`, positive)
    .option("--verify <command>", "build and tests, run in a checkout of what was settled, by whomever; exit 0 is wanted")
    .option("--verify-timeout <seconds>", `a verifying command that takes longer is ended (default: ${VERIFY_SECONDS})`, positive)
    .option("--verify-auto", "verify, too, what was merged without anybody")
    .option("--no-verify", "take answers whether or not they build and pass their tests");
}

export interface Settlers {
  readonly resolver?: ResolverCommand & { readonly verify: Verify | null };
  /** Build and tests of what a person settles. */
  readonly verify?: Verify;
  /** Also of what is merged without anybody. */
  readonly verifyAuto?: true;
}

/** For a port alone. `byHand`: a person may have settled something, too. */
export async function settlersOf(options: ResolverOptions, byHand: boolean): Promise<Settlers> {
  const { resolver, tries = TRIES, resolverTimeout = RESOLVER_SECONDS, verify, verifyTimeout = VERIFY_SECONDS, verifyAuto } = options;
  if (verifyAuto === true && typeof verify !== "string")
    throw new UnforkError("usage", "--verify-auto needs a command that verifies", { hint: "give --verify, too" });
  if (resolver === undefined && typeof verify !== "string") return {};
  if (resolver === undefined && verifyAuto !== true && !byHand)
    throw new UnforkError("usage", "--verify has nothing to look at: no --resolver settles conflicts, and --verify-auto is not given", {
      hint: "give one of the two, too",
    });
  const { shellVerify } = await import("../../../patches/resolve/verify.js");
  const look = typeof verify === "string" ? shellVerify(verify, verifyTimeout * 1000) : null;
  return {
    ...(resolver === undefined ? {} : { resolver: { command: resolver, tries, timeoutMs: resolverTimeout * 1000, verify: look } }),
    ...(look === null ? {} : { verify: look }),
    ...(verifyAuto === true ? { verifyAuto } : {}),
  };
}

/** What the command line says in the place of the configuration's `patches`. */
export function settingsWith(settings: PatchSettings, options: ResolverOptions): PatchSettings {
  const { resolver, tries, resolverTimeout, verifyTimeout, verifyAuto } = options;
  return {
    ...settings,
    ...(resolver === undefined ? {} : { resolver }),
    ...(tries === undefined ? {} : { tries }),
    ...(resolverTimeout === undefined ? {} : { resolverTimeout }),
    ...(verifyTimeout === undefined ? {} : { verifyTimeout }),
    ...(verifyAuto === undefined ? {} : { verifyAuto }),
  };
}

function positive(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError("a whole number from 1 on is wanted");
  return value;
}
