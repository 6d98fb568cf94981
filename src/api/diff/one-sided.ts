/** Owns what an item costs that only one release has. */
import type { ApiDiffItem, ApiDiffKind, ApiDiffReason } from "../../model/api-diff.js";

/** What decides on the cost besides the kind. */
export interface OneSidedFacts {
  readonly isFunctionMacro?: boolean;
  /** What a field starts as. */
  readonly start?: string | null;
  /** Of a class or an enumeration: how many come with it. */
  readonly members?: number;
}

/** What a shim does about it, and what a person has to. */
export function oneSided(kind: ApiDiffKind, side: "legacy" | "latest", facts: OneSidedFacts): Pick<ApiDiffItem, "reasons" | "work"> {
  const { work, task } = taskOf(kind, side === "legacy" ? "latest" : "legacy", facts);
  const members = (facts.members ?? 0) === 0 ? "" : `; ${facts.members} members come with it`;
  const text = `the ${side === "legacy" ? "newer" : "older"} release has nothing of this name${members}`;
  const found: ApiDiffReason = { code: side === "legacy" ? "removed" : "added", change: null, text, work, units: 1 };
  return { reasons: [found], work: { by: work, units: 1, text: task } };
}

interface Task {
  readonly work: "generated" | "by hand";
  readonly task: string;
}

function taskOf(kind: ApiDiffKind, other: string, { isFunctionMacro = false, start = null }: OneSidedFacts): Task {
  if (kind === "field")
    return { work: "generated", task: `left out for ${other}, read back as ${start === null ? "zero" : `\`${start}\``}` };
  if (kind === "enumerator") return { work: "generated", task: `handed to ${other} it is an error, or what the policy says` };
  if (kind === "enum" || kind === "typedef" || kind === "variable" || (kind === "macro" && !isFunctionMacro))
    return { work: "generated", task: "the shim has one of its own" };
  if (kind === "base") return { work: "by hand", task: `decide what a cast to it gives on ${other}` };
  if (kind === "class") return { work: "by hand", task: `decide what callers get on ${other}` };
  return { work: "by hand", task: `decide what a call does on ${other}` };
}
