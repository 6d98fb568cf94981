/**
 * Owns symbols that only a string or a pragma spells: `int f(void) asm("g");` makes `g` one of the tree where it defines `f`,
 * `section("s")` makes `__start_s` and `__stop_s`.
 */
import { BOUNDS } from "../constructs/linker-symbols.js";
import { ownReserved } from "./own-reserved.js";
import { isFixedName } from "./system-names.js";
import type { MacroFact } from "../survey/macro-facts.js";
import type { NamedPlace, PartAnswer, PartSurvey } from "../engine/name-model.js";

interface Label {
  readonly of: string;
  /** A member of a class of the tree. */
  readonly ofMember: boolean;
  readonly place: NamedPlace;
}

function labelsOf(surveys: readonly PartSurvey[]): Label[] {
  const beginnings = beginningsByFile(surveys);
  const own = ownReserved(surveys.flatMap(({ defined }) => defined));
  return surveys.flatMap(({ macros }) =>
    macros.flatMap((fact): Label[] => {
      const longer = longerName(fact, own) ?? longerCall(fact) ?? likeOthers(fact, beginnings);
      if (longer !== undefined)
        return [
          {
            of: fact.name,
            ofMember: false,
            place: { name: longer, kind: "asm", file: fact.file ?? 0, line: 1, where: "source", isLonger: true },
          },
        ];
      if (fact.kind !== "label") return [];
      const { name, target, line, file = 0, ofMember = false } = fact;
      return [{ of: name, ofMember, place: { name: target, kind: "asm", file, line: line ?? 1, where: "source" } }];
    }),
  );
}

/** `lib_open` of `#define open lib_open`: what is defined as `open` is that symbol. A body that does not hold the name may be somebody else's. */
function longerName(fact: MacroFact, own: ReadonlySet<string>): string | undefined {
  if (fact.kind !== "scope" || fact.parameters !== undefined || fact.body.length !== 1) return undefined;
  const body = fact.body[0] as string;
  if ((isFixedName(fact.name) && !own.has(fact.name)) || /^__(?:wrap|real)_/.test(body)) return undefined;
  return body.length > fact.name.length && (body.endsWith(fact.name) || body.startsWith(fact.name)) ? body : undefined;
}

/** `__xlib_open` of `#define lib_open(a, b) __xlib_open(WIDE(a, b))`. */
function longerCall(fact: MacroFact): string | undefined {
  if (fact.kind !== "wraps" || isFixedName(fact.name)) return undefined;
  return fact.target.startsWith("__") && fact.target.endsWith(fact.name) ? fact.target : undefined;
}

/** So many names of a file are put the same beginning before: that is how the file makes symbols. */
const MANY = 4;

/** Ends that a name and its symbol have in common are at least so long. */
const COMMON = 4;

/** By file: what macros there put before names or in place of their beginnings, `lib_` of `#define x_open lib_open`, many times. */
function beginningsByFile(surveys: readonly PartSurvey[]): ReadonlyMap<number, readonly string[]> {
  const counts = new Map<string, number>();
  for (const fact of surveys.flatMap(({ macros }) => macros)) {
    const body = symbolOf(fact);
    const common = body === undefined ? 0 : commonEnd(fact.name, body);
    if (body === undefined || common < COMMON || common === body.length) continue;
    const key = `${fact.file ?? 0} ${body.slice(0, -common)}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const found = new Map<number, string[]>();
  for (const [key, count] of counts) {
    if (count < MANY) continue;
    const [file = "", beginning = ""] = key.split(" ");
    found.set(Number(file), [...(found.get(Number(file)) ?? []), beginning]);
  }
  return found;
}

/** How many characters two names end alike with. */
function commonEnd(one: string, other: string): number {
  let count = 0;
  while (count < Math.min(one.length, other.length) && one.at(-1 - count) === other.at(-1 - count)) count++;
  return count;
}

/** The word that a macro without parameters stands for. */
function symbolOf(fact: MacroFact): string | undefined {
  if (fact.kind !== "scope" || fact.parameters !== undefined || fact.body.length !== 1 || isFixedName(fact.name)) return undefined;
  return fact.body[0];
}

/** `lib_open_old` of `#define open1 lib_open_old` in a file that puts `lib_` before many names. */
function likeOthers(fact: MacroFact, beginnings: ReadonlyMap<number, readonly string[]>): string | undefined {
  const body = symbolOf(fact);
  return body !== undefined && beginnings.get(fact.file ?? 0)?.some((beginning) => body.startsWith(beginning)) === true ? body : undefined;
}

/** Names whose definition decides about a label; they may stand inside namespaces. */
export function labelledNames(surveys: readonly PartSurvey[]): string[] {
  return labelsOf(surveys).map(({ of }) => of);
}

/** The symbols of names that the tree defines, each with the place that spells it. */
export function labelledPlaces(surveys: readonly PartSurvey[], answers: readonly PartAnswer[]): NamedPlace[] {
  const labels = labelsOf(surveys);
  if (labels.length === 0) return [];
  const defined = new Set(
    [...surveys, ...answers].flatMap((one) => ("defined" in one ? one.defined : one.namespaced).map(({ name }) => name)),
  );
  return labels.flatMap(({ of, ofMember, place }) =>
    (ofMember || defined.has(of)) && /^[A-Za-z_]\w*$/.test(place.name) && !/^_{1,2}Z/.test(place.name) ? [place] : [],
  );
}

/** The bounds of the tree's own sections, as far as it declares them. */
export function boundPlaces(surveys: readonly PartSurvey[]): NamedPlace[] {
  const declared = new Set(surveys.flatMap((survey) => survey.declaredExtern.filter(isBound)));
  if (declared.size === 0) return [];
  return surveys.flatMap(({ macros }) =>
    macros.flatMap((fact) => {
      if (fact.kind !== "section") return [];
      const { name, line, file = 0 } = fact;
      const bounds = BOUNDS.map((before) => before + name).filter((bound) => declared.has(bound));
      return bounds.map((bound): NamedPlace => ({ name: bound, kind: "asm", file, line, where: "source" }));
    }),
  );
}

/** `__start_s`, `__stop_s`. */
export function isBound(name: string): boolean {
  return BOUNDS.some((before) => name.startsWith(before) && name.length > before.length);
}
