/** Owns the text of the unit with the headers of both flavors, and of the headers that lead its includes to the flavor at work. */
import type { HiddenMacro, UnitPlan } from "./unit-plan.js";

/** Says which flavor's headers are being read: 1 or 2. */
export const AT_WORK = "UNFORK_FLAVOR_AT_WORK";

export interface UnitSet {
  readonly flavor: string;
  /** What stands between the quotes of each include. */
  readonly includes: readonly string[];
}

/** Whose definition a macro of both is left with behind the unit. */
export type MacrosOf = "first" | "second";

export interface UnitAbout {
  /** Include guard of the unit. */
  readonly guard: string;
  /** What compiles it. */
  readonly command: string;
}

/** The unit. */
export function unitText(sets: readonly [UnitSet, UnitSet], plan: UnitPlan, macrosOf: MacrosOf, about: UnitAbout): string {
  const [first, second] = sets;
  const given = [...plan.replaced, ...plan.lent].filter(({ conditional }) => conditional);
  const owner = macrosOf === "first" ? first.flavor : second.flavor;
  const lines = [
    `/* The headers of ${first.flavor} and of ${second.flavor} in one unit; made by \`unfork isolate headers\`.`,
    ` * ${about.command}`,
    ` * Macros that differ: ${first.flavor}'s are put away before ${second.flavor}'s headers; behind this file stand ${owner}'s. */`,
    `#ifndef ${about.guard}`,
    `#define ${about.guard}`,
    "",
    ...given.flatMap(({ name }) => [`#ifdef ${name}`, `#define ${givenName(name)}`, "#endif"]),
    ...plan.renamed.map((name) => `#define ${name} ${name}_${first.flavor}`),
    ...includeSet(1, first),
    ...plan.renamed.map((name) => `#undef ${name}`),
    "",
    ...plan.guards.map((name) => `#undef ${name}`),
    ...[...plan.replaced, ...plan.lent].flatMap(putAway),
    ...includeSet(2, second),
    "",
    ...plan.lent.flatMap(({ name }) => [`#pragma pop_macro("${name}")`]),
    ...(macrosOf === "first" ? plan.replaced.map(({ name }) => `#pragma pop_macro("${name}")`) : []),
    ...given.map(({ name }) => `#undef ${givenName(name)}`),
    "#endif",
    "",
  ];
  return lines.join("\n");
}

function givenName(name: string): string {
  return `UNFORK_GIVEN_${name}`;
}

function includeSet(side: 1 | 2, { flavor, includes }: UnitSet): string[] {
  return ["", `/* ${flavor} */`, `#define ${AT_WORK} ${side}`, ...includes.map((path) => `#include "${path}"`), `#undef ${AT_WORK}`];
}

/** Remembers the macro and undefines it, unless the build gave it. */
function putAway({ name, conditional }: HiddenMacro): string[] {
  const undefine = conditional ? [`#ifndef ${givenName(name)}`, `#undef ${name}`, "#endif"] : [`#undef ${name}`];
  return [`#pragma push_macro("${name}")`, ...undefine];
}

/** A header that leads to the flavor at work; an undefined target: that flavor has no such header. */
export function leadingHeader(
  spelled: string,
  flavors: readonly [string, string],
  targets: readonly [string | undefined, string | undefined],
): string {
  const branch = (side: 0 | 1): string =>
    targets[side] === undefined ? `#error "${flavors[side]} has no header ${spelled}"` : `#include "${targets[side]}"`;
  return [
    `#if ${AT_WORK} == 1`,
    branch(0),
    `#elif ${AT_WORK} == 2`,
    branch(1),
    "#else",
    `#error "say whose ${spelled} is wanted: #define ${AT_WORK} 1 (${flavors[0]}) or 2 (${flavors[1]})"`,
    "#endif",
    "",
  ].join("\n");
}
