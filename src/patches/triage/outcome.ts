/** Owns what a port says of a patch in conflict: its status, its root, its culprits and the sentences that explain them. */
import { shownBytes } from "../../git/bytes.js";
import type { PatchOutcome } from "../../model/patch.js";
import type { StackPatch } from "../stack/stack-patch.js";
import { conflictWords } from "./conflict-words.js";
import type { FoundCulprit, NoHistory } from "./culprits.js";
import type { FirstFailure } from "./bisect.js";
import type { Triage } from "./triage.js";

const SHORT = 10;

const WHY_NONE: Readonly<Record<FirstFailure["why"], string>> = {
  "no-versions": "no commit of upstream between the bases touches it; the new base may hold the stack's own commits",
  "fails-before": "it is in conflict already with the commit where upstream's line leaves the old base",
  passes: "no single commit of upstream brings it",
  found: "",
};

const NO_HISTORY: Readonly<Record<NoHistory, string>> = {
  "no-history": "upstream's history does not lead from the old base to the new one, so no commit can be named",
  "cut-off":
    "this clone is shallow, and upstream's history is cut off before the old base, so no commit can be named: git fetch --unshallow",
};

/** The parts of its outcome that triage knows. */
export function triaged(triage: Triage, patch: StackPatch): Pick<PatchOutcome, "status" | "root" | "culprits" | "evidence"> {
  const verdict = triage.verdicts.get(patch);
  if (verdict === undefined) throw new Error("a patch in conflict has no verdict");
  const { conflict, root, needs } = verdict;
  if (root !== null) {
    const words = conflictWords(conflict.conflicts, conflict.messages, `builds on ${named(root)}`);
    const others = needs.filter((one) => one !== root).map((one) => one.commit.slice(0, SHORT));
    const more = others.length === 0 ? [] : [`other patches in conflict that it builds on: ${others.join(", ")}`];
    return { status: "cascade", root: root.commit, culprits: [], evidence: [...words, ...more] };
  }
  const own = verdict.own.map((one) => one.conflict);
  const words = conflictWords(own, conflict.messages, null);
  const leaning = verdict.own.some(({ leans }) => leans) || own.length < conflict.conflicts.length;
  const more =
    leaning && needs.length > 0
      ? [`it builds on earlier patches in conflict, too: ${needs.map((one) => one.commit.slice(0, SHORT)).join(", ")}`]
      : [];
  const told = [...words, ...more];
  if (needs.length === 0 && verdict.own.every(({ leans }) => leans)) {
    const sentence = "it builds on what is not in the stack: what a merge of the stack did, or a patch that was left out";
    return { status: "conflict", root: null, culprits: [], evidence: [...told, sentence] };
  }
  if (typeof triage.culprits === "string") {
    return { status: "conflict", root: null, culprits: [], evidence: [...told, NO_HISTORY[triage.culprits]] };
  }
  const found = triage.culprits.filter((one) => one.file.patch === patch);
  const culprits = found.flatMap(({ culprit }) => (culprit === null ? [] : [culprit]));
  return { status: "conflict", root: null, culprits, evidence: [...told, ...found.flatMap(searchWords)] };
}

function named(patch: StackPatch): string {
  return `${patch.commit.slice(0, SHORT)} (${patch.subject})`;
}

function searchWords({ file, culprit, failure, again, merges, movedTo, cut }: FoundCulprit): string[] {
  const path = shownBytes(file.path);
  if (culprit === null) {
    if (cut)
      return [`${path}: this clone is shallow, and upstream's commit that brings it lies before its oldest one: git fetch --unshallow`];
    return [`${path}: ${WHY_NONE[failure.why]}`];
  }
  const id = culprit.upstreamCommit.slice(0, SHORT);
  return [
    ...(merges === null ? [] : [`${id} merges a line of commits; of these ${merges.slice(0, SHORT)} changed ${path}`]),
    ...(movedTo === null ? [] : [`${path}: ${id} moved it to ${shownBytes(movedTo)}, and it is not much alike any more`]),
    ...(again === null ? [] : [`${path}: upstream took ${id} back and did so again, at the latest by ${again.slice(0, SHORT)}`]),
    ...(failure.scanned ? [] : [`${path}: found by bisecting, not every commit of upstream was tried`]),
  ];
}
