/** Owns the second look at undecided tokens: what the compiler says of them becomes rules of the run. */
import type { IsolationResult } from "../model/isolation.js";
import type { CompileCommand } from "../toolchain/compile-database.js";
import { TRIGRAPH, UTF_16 } from "./decide/edits.js";
import type { PartResult } from "./engine/part-model.js";
import type { Settlement } from "./file-policy.js";

export interface Settled {
  /** For the plan, before its own rules. */
  readonly settle: readonly Settlement[];
  readonly decided: IsolationResult["decided"];
  readonly warnings: readonly string[];
}

export const NOTHING_SETTLED: Settled = { settle: [], decided: [], warnings: [] };

/** Asks the compiler about the tokens that a run without writing left undecided. */
export async function settleByClang(tree: string, commands: readonly CompileCommand[], results: readonly PartResult[]): Promise<Settled> {
  const open = results.flatMap(({ undecided }) => undecided.filter(({ token }) => token !== TRIGRAPH && token !== UTF_16));
  if (open.length === 0 || commands.length === 0) return NOTHING_SETTLED;
  const { decideByClang } = await import("./clang/decide-by-clang.js");
  const renamed = new Set(results.flatMap(({ counts }) => counts.map(([name]) => name)));
  const tokens = open.map(({ file, offset, token }) => ({ file, offset, name: token }));
  const answer = await decideByClang({ tree, commands, tokens, isRenamed: (name) => renamed.has(name) });
  if (answer.status === "no-libclang") {
    return { ...NOTHING_SETTLED, warnings: ["there is a compile database, but no libclang to ask: `unfork doctor` tells how to get it"] };
  }
  const known = answer.decisions.flatMap((decision, index) => {
    const { line, token } = open[index] as (typeof open)[number];
    return decision.verdict === "unknown" ? [] : [{ ...decision, verdict: decision.verdict, line, token }];
  });
  return {
    settle: known.map(({ file, offset, token, verdict, evidence }) => ({ token, file, offset, as: verdict, reason: evidence })),
    decided: known.map(({ file, line, token, verdict, evidence }) => ({ file, line, token, as: verdict, evidence })),
    warnings: [],
  };
}
