/** Owns what an overlay cannot do on a tree, each with the places that show it. */
import { join } from "node:path";

import type { IsolationPlan, IsolationResult } from "../../model/isolation.js";
import type { OverlayLimit, OverlayName } from "../../model/isolation-overlay.js";
import { readText } from "../../support/fs.js";
import { languageOf } from "../code-files.js";
import type { SystemWords } from "./system-words.js";
import type { UsePlace, WordUse } from "./word-uses.js";

export interface LimitsRequest {
  readonly root: string;
  /** Every file of the tree. */
  readonly files: readonly string[];
  readonly plan: IsolationPlan;
  readonly names: readonly OverlayName[];
  readonly uses: readonly UsePlace[];
  readonly system: SystemWords | undefined;
  readonly undecided: IsolationResult["undecided"];
}

/** All limits, those of every overlay first. Throws `disk`. */
export async function overlayLimits(request: LimitsRequest): Promise<OverlayLimit[]> {
  return [
    ...always(request),
    ...policyLimits(request.plan),
    ...keptLimits(request),
    ...systemLimits(request),
    ...useLimits(request),
    ...(await fileLimits(request)),
    ...undecidedLimits(request),
  ];
}

function limit(kind: OverlayLimit["kind"], what: string, places: OverlayLimit["places"] = [], word: string | null = null): OverlayLimit {
  return { kind, word, what, places: places.slice(0, MOST_PLACES), count: places.length };
}

const MOST_PLACES = 5;

function always({ names }: LimitsRequest): OverlayLimit[] {
  const words = names.filter(({ means }) => means === "macro").length;
  return [
    limit("both-in-one-unit", "one unit sees one flavor: the macros of the second would take the place of the first's"),
    limit(
      "application",
      `who includes the tree's headers compiles with the same flags, and has ${words} of its own words changed where they are the same`,
    ),
  ];
}

function policyLimits(plan: IsolationPlan): OverlayLimit[] {
  const asked = [
    plan.guards === "rename" && "guards: rename",
    plan.paths === "rename" && "paths: rename",
    plan.macros === "rename" && "macros: rename",
    plan.strings.length > 0 && "strings",
    plan.patch.length > 0 && "patch",
    plan.expose.length > 0 && "expose",
  ].filter((word) => word !== false);
  return asked.map((word) => limit("policy", `the policy's \`${word}\` edits files, which an overlay does not`));
}

/** Names that keep their symbols: the flavors clash in them when both are linked. */
function keptLimits({ names, uses }: LimitsRequest): OverlayLimit[] {
  return names
    .filter(({ means }) => means === "none")
    .map(({ from, why }) => {
      const members = uses.filter(({ use, word }) => use === "member" && word === from);
      return limit(
        "kept",
        `keeps its name: ${why ?? ""}`,
        members.map(({ file, line }) => ({ file, line })),
        from,
      );
    });
}

/** Words that mean something else to the system, where no pragma can keep them apart. */
function systemLimits({ names, system }: LimitsRequest): OverlayLimit[] {
  if (system === undefined) return [];
  const macros = names.filter(({ means }) => means === "macro");
  return macros.flatMap(({ from }) => {
    const place = system.used.get(from);
    if (system.predefined.has(from)) return [limit("predefined", `${system.compiler} defines the word itself`, [], from)];
    return place === undefined ? [] : [limit("system", "a system header uses the word, and has it changed", [place], from)];
  });
}

const USES: Readonly<Record<WordUse, readonly [kind: OverlayLimit["kind"], what: string]>> = {
  redefined: ["redefined", "the tree defines a macro of that name: where that line is compiled, it takes the overlay's place"],
  undefined: ["undefined", "#undef ends the overlay's macro here"],
  condition: ["condition", "in an #if line the overlay's macro changes the answer"],
  pasted: ["pasted", "## joins the word as it is, before any macro"],
  stringized: ["stringized", "# makes a string of the word as it is"],
  include: ["include", "the word names an included file, and is changed there"],
  member: ["other-use", "also the name of a member, which changes with it"],
  other: ["other-use", "also something else than the namespace, which changes with it"],
  asm: ["asm-in-strings", "the string of an asm statement names the symbol as it was"],
  attribute: ["asm-in-strings", "the string of an attribute names the symbol as it was"],
};

/** Uses of words that are macros here; a pragma leaves them alone, but for `asm`. */
function useLimits({ names, uses }: LimitsRequest): OverlayLimit[] {
  const means = new Map(names.map((name) => [name.from, name.means]));
  const groups = new Map<string, UsePlace[]>();
  for (const use of uses) {
    const isHarmless = use.use === "asm" ? means.get(use.word) === "none" : means.get(use.word) !== "macro";
    if (isHarmless) continue;
    const key = `${USES[use.use][0]} ${use.word}`;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [use]);
    else known.push(use);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const places = group.map(({ file, line }) => ({ file, line }));
    return [limit(USES[first.use][0], USES[first.use][1], places, first.word)];
  });
}

async function fileLimits({ root, files, names }: LimitsRequest): Promise<OverlayLimit[]> {
  const changed = new Set(names.filter(({ means, kind }) => means !== "none" && kind !== "namespace").map(({ from }) => from));
  const plainAsm = files.filter((file) => file.endsWith(".s"));
  const named = await mentions(root, [...plainAsm, ...files.filter((file) => isExportList(file))], changed);
  const objective = files.filter((file) => /\.(m|mm)$/.test(file) && languageOf(file) !== undefined);
  const found = [
    limit(
      "asm-not-preprocessed",
      "a .s file does not run through the preprocessor: its names stay",
      named.filter(({ file }) => file.endsWith(".s")),
    ),
    limit(
      "export-list",
      "a list of exported names says the old ones",
      named.filter(({ file }) => !file.endsWith(".s")),
    ),
    limit("objective-c", "classes, categories and protocols of Objective-C keep their names", starts(objective)),
    limit(
      "jni",
      "Java finds native functions by their names, which stay; both flavors cannot be loaded",
      starts(files.filter((file) => file.endsWith(".java"))),
    ),
    limit(
      "proto",
      "the descriptor of a .proto file is known by its path and package, which stay",
      starts(files.filter((file) => file.endsWith(".proto"))),
    ),
  ];
  return found.filter(({ count }) => count > 0);
}

function starts(files: readonly string[]): { file: string; line: number }[] {
  return files.map((file) => ({ file, line: 1 }));
}

function isExportList(file: string): boolean {
  return /\.(def|map|ver|exports?|sym|symbols|lds)$/.test(file);
}

async function mentions(root: string, files: readonly string[], words: ReadonlySet<string>): Promise<{ file: string; line: number }[]> {
  const found: { file: string; line: number }[] = [];
  for (const file of files) {
    const rows = (await readText(join(root, file))).split("\n");
    for (const [index, row] of rows.entries())
      if ((row.match(/[A-Za-z_]\w*/g) ?? []).some((word) => words.has(word))) found.push({ file, line: index + 1 });
  }
  return found;
}

function undecidedLimits({ undecided }: LimitsRequest): OverlayLimit[] {
  if (undecided.length === 0) return [];
  return [
    limit(
      "undecided",
      "tokens that rewriting leaves alone, since the text does not decide them; the overlay's macros change them wherever they expand",
      undecided.map(({ file, line }) => ({ file, line })),
    ),
  ];
}
