/** Owns suggestions of single names that were probably renamed: alike in name and in what they hold, and nobody else closer. */
import type { ApiDiffSuggestion } from "../../model/api-diff.js";
import { byText } from "../../support/order.js";
import type { ApiItem } from "./declarations.js";
import type { DiffContext } from "./item.js";
import { mapLine } from "./map-line.js";
import type { ApiPair } from "./pair.js";
import type { ApiMemberPair } from "./pair-members.js";
import { nameLikeness, overlap } from "./similarity.js";

/** A thing that only one release has. */
interface Lone {
  /** What may be the other's: kinds never mix, members stay in their class. */
  readonly group: string;
  readonly name: string;
  /** As the older release spells it. */
  readonly spelled: string;
  /** What it holds or takes, in common names. */
  readonly contents: readonly string[];
  /** How its contents are called in a sentence. */
  readonly contentWord: string;
}

/** Score from which on a pair is told. */
const ENOUGH = 0.6;

/** The same, where nothing but the names can be compared. */
const ENOUGH_OF_NAMES = 0.85;

/** Declarations of a namespace or of global scope. */
export function suggestNames(pairs: readonly ApiPair[], covered: ReadonlySet<string>, context: DiffContext): ApiDiffSuggestion[] {
  const lone = pairs.filter((pair) => !covered.has(pair.name) && !isNameless(pair));
  const olds = lone.flatMap(({ name, legacy, latest }) =>
    latest === null && legacy !== null ? [loneItem(name, legacy, "legacy", context)] : [],
  );
  const news = lone.flatMap(({ name, legacy, latest }) =>
    legacy === null && latest !== null ? [loneItem(name, latest, "latest", context)] : [],
  );
  return matches(olds, news);
}

/** Members of classes and enumerations that both releases have. */
export function suggestMembers(pairs: readonly ApiPair[], context: DiffContext): ApiDiffSuggestion[] {
  return pairs.flatMap(({ name, legacy, latest, members }) => {
    if (legacy === null || latest === null || legacy.kind === "macro" || legacy.kind !== latest.kind || isNamelessItem(legacy)) return [];
    const owner = context.plainName.legacy(legacy.qualifiedName);
    const side = (which: "legacy" | "latest"): Lone[] =>
      members.flatMap((member) => loneMember(member, which, which === "legacy" ? owner : name, context));
    return matches(side("legacy"), side("latest"));
  });
}

function isNameless({ legacy, latest }: ApiPair): boolean {
  return isNamelessItem((legacy ?? latest) as ApiItem);
}

function isNamelessItem(item: ApiItem): boolean {
  return item.kind === "enum" && item.name === "";
}

function loneItem(name: string, item: ApiItem, which: "legacy" | "latest", context: DiffContext): Lone {
  const spelled = context.plainName[which](item.kind === "macro" ? item.name : item.qualifiedName);
  // What is nested in a class stays in it: the class is suggested, not each of its types.
  const scope = item.kind === "macro" || item.parent === null ? "" : name.slice(0, name.lastIndexOf("::"));
  const base = { group: `${item.kind === "macro" && item.parameters !== null ? "macro()" : item.kind} ${scope}`, name, spelled };
  const { typeKey } = context[which];
  switch (item.kind) {
    case "class":
      return {
        ...base,
        contents: [...item.fields, ...item.methods.filter(({ role }) => role === "method")].map((one) => one.name),
        contentWord: "members",
      };
    case "enum":
      return { ...base, contents: item.enumerators.map((one) => one.name), contentWord: "enumerators" };
    case "function":
      return { ...base, contents: [item.result, ...item.parameters.map(({ type }) => type)].map(typeKey), contentWord: "types" };
    case "typedef":
    case "variable":
      return { ...base, contents: [typeKey(item.type)], contentWord: "types" };
    case "macro":
      return { ...base, contents: item.body === "" ? [] : [item.body], contentWord: "texts" };
  }
}

function loneMember(member: ApiMemberPair, which: "legacy" | "latest", owner: string, context: DiffContext): Lone[] {
  const item = member[which];
  if (item === null || member[which === "legacy" ? "latest" : "legacy"] !== null || member.kind === "base") return [];
  if ("access" in item && item.access === "private") return [];
  const base = { group: member.kind, name: `${owner}::${member.name}`, spelled: `${owner}::${"name" in item ? item.name : member.name}` };
  const { typeKey } = context[which];
  if (member.kind === "enumerator") return [{ ...base, contents: "value" in item ? [item.value] : [], contentWord: "values" }];
  if ("role" in item)
    return item.role === "method"
      ? [{ ...base, contents: [item.result, ...item.parameters.map(({ type }) => type)].map(typeKey), contentWord: "types" }]
      : [];
  return [{ ...base, contents: "type" in item ? [typeKey(item.type)] : [], contentWord: "types" }];
}

/** Pairs of which each is the other's closest. */
function matches(olds: readonly Lone[], news: readonly Lone[]): ApiDiffSuggestion[] {
  const scored = olds
    .flatMap((old) =>
      news.filter(({ group, name }) => group === old.group && name !== old.name).map((one) => ({ old, one, score: likeness(old, one) })),
    )
    .filter(({ old, one, score }) => score >= (isEmpty(old, one) ? ENOUGH_OF_NAMES : ENOUGH))
    .toSorted((a, b) => b.score - a.score || byText(a.old.name, b.old.name) || byText(a.one.name, b.one.name));
  const taken = new Set<Lone>();
  return scored.flatMap(({ old, one, score }) => {
    if (taken.has(old) || taken.has(one)) return [];
    taken.add(old).add(one);
    return [suggestion(old, one, score)];
  });
}

function isEmpty(old: Lone, one: Lone): boolean {
  return old.contents.length === 0 || one.contents.length === 0;
}

/** Names weigh more than contents where contents are few: two functions that take an `int` have little in common by that. */
function likeness(old: Lone, one: Lone): number {
  const names = nameLikeness(lastOf(old.name), lastOf(one.name));
  const most = Math.max(old.contents.length, one.contents.length);
  const weight = most === 0 ? 0 : Math.min(0.6, 0.15 + most * 0.05);
  return names * (1 - weight) + overlap(old.contents, one.contents) * weight;
}

function suggestion(old: Lone, one: Lone, score: number): ApiDiffSuggestion {
  const shared = old.contents.filter((each) => one.contents.includes(each)).length;
  const names = Math.round(nameLikeness(lastOf(old.name), lastOf(one.name)) * 100);
  const to = one.name;
  const contents =
    old.contents.length + one.contents.length === 0
      ? []
      : [`${shared} of ${old.contents.length} ${old.contentWord} of the older are among the ${one.contents.length} of the newer`];
  return {
    kind: "name",
    from: old.spelled,
    to,
    score: Math.round(score * 100) / 100,
    evidence: [`names are ${names} % alike`, ...contents],
    section: "names",
    line: mapLine(old.spelled, to),
  };
}

function lastOf(name: string): string {
  return name.slice(name.lastIndexOf(":") + 1);
}
