/** Owns what the notes ref keeps of a resolver's tries. People push that ref, so nothing goes in that may hold a secret. */
import type { StateFiles } from "../../git/state-ref.js";
import { wallClockIso } from "../../support/clock.js";
import { canonicalJson } from "../../support/hash.js";
import { programOf } from "./program-of.js";

/** A try that was not taken. */
export interface Refused {
  readonly status: "refused";
  /** A sentence that the resolver is told in its next try. */
  readonly why: string;
  /** What is kept of it, where `why` has words of programs. */
  readonly kept?: string;
}

/** What is kept of a try. */
export interface ResolverTry {
  /** The program's name alone: a command line may hold secrets. */
  readonly resolver: string;
  readonly outcome: "taken" | "refused";
  readonly why: string | null;
  readonly at: string;
}

/** Output of a build goes to its log only. */
export const NOT_PASSED = "the result does not pass the build and tests";

/** One file per try, numbered on from those of earlier runs; `refused` undefined: it was taken. */
export async function recordTry(files: StateFiles, folder: string, command: string, refused: Refused | undefined): Promise<void> {
  const numbers = (await files.list(folder)).map((name) => Number.parseInt(name, 10)).filter((number) => !Number.isNaN(number));
  const entry: ResolverTry = {
    resolver: programOf(command),
    outcome: refused === undefined ? "taken" : "refused",
    why: refused === undefined ? null : (refused.kept ?? refused.why),
    at: wallClockIso(),
  };
  await files.set(`${folder}/${Math.max(0, ...numbers) + 1}.json`, `${canonicalJson(entry, 2)}\n`);
}
