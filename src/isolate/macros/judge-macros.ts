/** Owns the verdict on each macro that both flavors define: drop an include, rename it, share it, or nothing to do. */
import type { SharedMacro, Verdict } from "../../model/isolation-headers.js";
import { droppableReader, type NeedlessInclude } from "./droppable.js";
import type { HeaderTree } from "./header-tree.js";
import { isVisible, type MacroUsage, macroUsage } from "./macro-usage.js";
import type { PairedMacro, PlacedDefinition } from "./pair-macros.js";
import { throughOthers } from "./through-others.js";

type Trees = readonly [HeaderTree, HeaderTree];
type Judgement = Pick<SharedMacro, "verdict" | "reason" | "edits">;

/** Judges all pairs. Reads the sources of both trees. Throws `disk`. */
export function judgeMacros(trees: Trees, pairs: readonly PairedMacro[]): SharedMacro[] {
  const usages = trees.map((tree, side) => macroUsage(tree, new Map(pairs.map(({ name, sides }) => [name, sides[side] ?? []]))));
  const droppable = trees.map(droppableReader);
  const through = throughOthers(trees, pairs);
  return pairs.map((pair) => {
    const other = through.get(pair.name);
    const sides = trees.map((tree, side) =>
      sideOf(tree, pair.sides[side] ?? [], usages[side]?.get(pair.name)),
    ) as unknown as SharedMacro["sides"];
    const judgement = judge(trees, pair, sides, other, droppable);
    return { name: pair.name, class: other === undefined ? pair.class : "through", ...judgement, sides };
  });
}

function sideOf(tree: HeaderTree, definitions: readonly PlacedDefinition[], usage: MacroUsage | undefined): SharedMacro["sides"][0] {
  return {
    flavor: tree.flavor,
    definitions: definitions.map(({ file, line, parameters, body, conditional, defaulted }) => ({
      file,
      line,
      parameters: parameters ?? null,
      body,
      conditional,
      defaulted,
    })),
    visible: isVisible(tree, definitions),
    used: {
      own: usage?.own ?? false,
      headers: usage?.headers.filter((path) => tree.reached.has(path)) ?? [],
      others: usage?.headers.filter((path) => !tree.reached.has(path)).length ?? 0,
      sources: usage?.sources ?? 0,
    },
  };
}

function judge(
  trees: Trees,
  pair: PairedMacro,
  sides: SharedMacro["sides"],
  through: string | undefined,
  droppable: readonly ((header: string) => readonly NeedlessInclude[] | undefined)[],
): Judgement {
  const hidden = sides.find(({ visible }) => !visible);
  if (pair.class === "guard") return guardJudgement(pair, trees);
  if (pair.class === "same" && through === undefined) return verdict("share", "the same tokens on both sides");
  if (hidden !== undefined) return verdict("none", `no chosen header of ${hidden.flavor} leaves it defined`);
  if (isStandIn(pair))
    return verdict("share", "stands in for a name of the system on platforms that lack it; the system's own is the same for both");
  const needless = trees.map((_, side) => needlessLines(pair.sides[side] ?? [], droppable[side]));
  const side = needless.findIndex((lines) => lines !== undefined);
  if (side >= 0) return dropJudgement(trees[side] as HeaderTree, needless[side] ?? []);
  return renameJudgement(pair, through);
}

function guardJudgement({ name, sides }: PairedMacro, [a, b]: Trees): Judgement {
  const [first, second] = sides.map((list) => list[0]?.file ?? "");
  const reason = `guard of ${a.flavor}'s ${first} and of ${b.flavor}'s ${second}: who includes both sees the first one only`;
  return verdict("rename", reason, [`policy of each flavor: "guards": "rename"`, `or between the two: #undef ${name}`]);
}

/** A small-letter macro that is defined under `#if` only, such as `htobe64`. */
function isStandIn({ name, sides }: PairedMacro): boolean {
  return !/[A-Z]/.test(name) && sides.flat().every(({ conditional }) => conditional);
}

/** The include lines to delete so that no definition is reached, or undefined when one is needed. */
function needlessLines(
  definitions: readonly PlacedDefinition[],
  droppable: ((header: string) => readonly NeedlessInclude[] | undefined) | undefined,
): readonly NeedlessInclude[] | undefined {
  const lines = [...new Set(definitions.map(({ file }) => file))].map((file) => droppable?.(file));
  return lines.some((list) => list === undefined) ? undefined : lines.flatMap((list) => list ?? []);
}

function dropJudgement({ flavor }: HeaderTree, lines: readonly NeedlessInclude[]): Judgement {
  const edits = lines.map(({ file, line, path }) => `${flavor}: ${file}:${line}: delete #include "${path}"`);
  const where = lines.length === 1 ? "the header that includes it uses" : `the ${lines.length} headers that include it use`;
  return verdict("drop-include", `${where} nothing that it declares`, edits);
}

function renameJudgement({ name, class: kind, sides }: PairedMacro, through: string | undefined): Judgement {
  const why =
    through !== undefined
      ? `expands to ${through}, which differs`
      : kind === "flavored"
        ? "names the flavor's own names"
        : "the bodies differ";
  const given = sides.flat().some(({ defaulted }) => defaulted);
  const note = given ? "; a build that gives it by -D gives both names then" : "";
  return verdict("rename", `${why}${note}`, [`policy of each flavor: "rename": ["${name}"]`]);
}

function verdict(word: Verdict, reason: string, edits: string[] = []): Judgement {
  return { verdict: word, reason, edits };
}
