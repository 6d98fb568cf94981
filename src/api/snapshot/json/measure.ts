/** Owns what a dump does not tell: sizes, places of fields and values of constants, by a second unit of enumerators whose values are dumped. */
import { writeFile } from "node:fs/promises";

import type { ApiClass, ApiDeclaration, ApiSnapshot } from "../../../model/api-snapshot.js";
import type { SnapshotQuestion } from "../model.js";
import { filteredDump } from "./clang-runs.js";

const PREFIX = "unfork_api_value_";

/** Values by the keys under which they were asked for; none for an expression that does not compile. */
export type Measures = ReadonlyMap<string, string>;

export interface Asked {
  readonly declarations: readonly ApiDeclaration[];
  /** Qualified names of constants. */
  readonly constants: Iterable<string>;
  readonly instances: ApiSnapshot["instances"];
  readonly isC: boolean;
  /** Names of tags that have them from a typedef alone. */
  readonly typedefs: ReadonlySet<string>;
}

/** `unit` is a path that is written. */
export async function measured(question: SnapshotQuestion, unit: string, asked: Asked): Promise<Measures> {
  const expressions = expressionsOf(asked);
  const keys = [...expressions.keys()];
  const includes = question.headers.map(({ path }) => `#include "${path}"`);
  // An enumeration of its own for each: one holds either negative values or large ones.
  const lines = [...expressions.values()].map((text, i) => `enum ${PREFIX}${i} { ${PREFIX}${i}_ = (${text}) };`);
  await writeFile(unit, [...includes, ...lines, ""].join("\n"));
  const dump = await filteredDump(question, unit, PREFIX);
  const found = new Map<string, string>();
  for (const part of dump.split('"kind": "EnumConstantDecl"').slice(1)) {
    const key = keys[Number(new RegExp(`"name": "${PREFIX}(\\d+)_"`).exec(part)?.[1])];
    const value = /"kind": "ConstantExpr"[\s\S]*?"value": "(-?\d+)"/.exec(part)?.[1];
    if (key !== undefined && value !== undefined) found.set(key, value);
  }
  return found;
}

function expressionsOf({ declarations, constants, instances, isC, typedefs }: Asked): Map<string, string> {
  const asked = new Map([
    ["long", "sizeof(long)"],
    ["pointer", "sizeof(void*)"],
    ["wchar", "sizeof(__WCHAR_TYPE__)"],
    ["char", "(char)-1 < 0"],
  ]);
  for (const one of declarations)
    if (one.kind === "class" && hasLayout(one)) askClass(asked, one, isC && !typedefs.has(one.qualifiedName) ? `${one.key} ` : "", isC);
  for (const name of constants) if (isNameable(name)) asked.set(`value ${name}`, name);
  for (const { spelling } of instances) askSize(asked, spelling, spelling, isC);
  return asked;
}

function askClass(asked: Map<string, string>, one: ApiClass, key: string, isC: boolean): void {
  const name = key + one.qualifiedName;
  askSize(asked, one.qualifiedName, name, isC);
  for (const field of one.fields) {
    const isAsked = field.name !== "" && field.width === null && field.type.kind !== "reference";
    if (isAsked) asked.set(`offset ${one.qualifiedName} ${field.name}`, `__builtin_offsetof(${name}, ${field.name}) * 8`);
  }
}

function askSize(asked: Map<string, string>, key: string, name: string, isC: boolean): void {
  asked.set(`size ${key}`, `sizeof(${name})`);
  asked.set(`align ${key}`, `${isC ? "_Alignof" : "alignof"}(${name})`);
}

/** One that is defined, no template, and can be named. */
function hasLayout(one: ApiClass): boolean {
  return one.pod !== null && (isNameable(one.qualifiedName) || (one.specialization !== null && !one.qualifiedName.includes("(")));
}

function isNameable(name: string): boolean {
  return !/[(<]/.test(name);
}

export function withMeasures(one: ApiDeclaration, measures: Measures): ApiDeclaration {
  if (one.kind !== "class" || one.pod === null) return one;
  const fields = one.fields.map((field) => {
    const offset = numberAt(measures, `offset ${one.qualifiedName} ${field.name}`);
    return offset === null ? field : Object.assign({}, field, { offset });
  });
  return { ...one, size: numberAt(measures, `size ${one.qualifiedName}`), align: numberAt(measures, `align ${one.qualifiedName}`), fields };
}

export function numberAt(measures: Measures, key: string): number | null {
  const value = measures.get(key);
  return value === undefined ? null : Number(value);
}
