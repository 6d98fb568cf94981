/** Owns what the public headers of a C component declare in either flavor, and which of it is the same in both. */
import type { ApiDeclaration, ApiSnapshot, ApiType } from "../../../model/api-snapshot.js";
import type { InjectFinding } from "../model.js";
import { declarationText, type Spelling } from "./c-text.js";

export interface CSurface {
  readonly sides: readonly [ApiSnapshot, ApiSnapshot];
  /** Names whose declaration is the same in both flavors, so that it stands once. */
  readonly shared: ReadonlySet<string>;
  /** Declarations that need the library's own definition of a type. */
  readonly leaks: readonly InjectFinding[];
  /** By flavor: declarations that are left out. */
  readonly left: ReadonlySet<ApiDeclaration>;
}

/** @param own external names that the component defines; @param suffixes `_legacy`, `_latest` */
export function cSurface(
  sides: readonly [ApiSnapshot, ApiSnapshot],
  own: ReadonlySet<string>,
  suffixes: readonly [string, string],
): CSurface {
  const left = new Set<ApiDeclaration>();
  const leaks: InjectFinding[] = [];
  for (const [side, { declarations }] of sides.entries()) {
    for (const one of declarations) {
      if (!isShown(one, own)) left.add(one);
      else {
        const foreign = neededWhole(one).find((name) => name.endsWith(suffixes[side] as string));
        if (foreign === undefined) continue;
        left.add(one);
        const plain = foreign.slice(0, -(suffixes[side] as string).length);
        const text = `${one.name} holds the library's ${plain} itself, so that one source cannot see both flavors; make it a pointer`;
        const known = leaks.some(({ path, line }) => path === one.place.file && line === one.place.line);
        if (!known) leaks.push({ kind: "leak", path: one.place.file, line: one.place.line, text });
      }
    }
  }
  return { sides, shared: sharedNames(sides, left, suffixes), leaks, left };
}

/** Functions and variables that the component defines, and all types. */
function isShown(one: ApiDeclaration, own: ReadonlySet<string>): boolean {
  if (one.parent !== null && one.kind !== "class" && one.kind !== "enum") return false;
  if (one.kind === "function") return own.has(one.name) && !one.internal && !one.inline;
  return one.kind !== "variable" || own.has(one.name);
}

/** Classes that have to be complete where they stand: members, elements of arrays, results and parameters by value. */
function neededWhole(one: ApiDeclaration): string[] {
  const whole = (type: ApiType): string[] => {
    if (type.kind === "alias") return whole(type.target);
    if (type.kind === "array") return whole(type.of);
    if (type.kind === "function") return [...whole(type.result), ...type.parameters.flatMap(whole)];
    return type.kind === "named" ? [type.name] : [];
  };
  const through = (type: ApiType): string[] => (type.kind === "pointer" ? through(type.to) : type.kind === "function" ? whole(type) : []);
  const both = (type: ApiType): string[] => [...whole(type), ...through(type)];
  if (one.kind === "class") return one.fields.flatMap(({ type }) => both(type));
  if (one.kind === "function") return [...both(one.result), ...one.parameters.flatMap(({ type }) => both(type))];
  return one.kind === "typedef" || one.kind === "variable" ? both(one.type) : [];
}

/** What reads alike in both flavors, and rests only on such. Functions and variables are never shared: there are two. */
function sharedNames(
  sides: readonly [ApiSnapshot, ApiSnapshot],
  left: ReadonlySet<ApiDeclaration>,
  suffixes: readonly [string, string],
): Set<string> {
  const rests = new Map<string, ReadonlySet<string>>();
  const texts = sides.map(({ declarations }, side) => {
    const found = new Map<string, string>();
    for (const one of declarations) {
      if (left.has(one) || one.kind === "function" || one.kind === "variable") continue;
      const used = new Set<string>();
      const plain: Spelling = { declarations, nameOf: (name) => (used.add(name), name), suffix: suffixes[side] as string };
      found.set(one.qualifiedName, (found.get(one.qualifiedName) ?? "") + declarationText(one, plain));
      if (![...used].some((name) => name.endsWith(suffixes[side] as string)))
        rests.set(one.qualifiedName, new Set([...(rests.get(one.qualifiedName) ?? []), ...used]));
      else found.set(one.qualifiedName, `${side}`);
    }
    return found;
  });
  const [first = new Map<string, string>(), second = new Map<string, string>()] = texts;
  const known = new Set(sides.flatMap(({ declarations }) => declarations.map(({ qualifiedName }) => qualifiedName)));
  const shared = new Set([...first.keys()].filter((name) => first.get(name) === second.get(name)));
  for (let size = -1; size !== shared.size;) {
    size = shared.size;
    for (const name of shared) if ([...(rests.get(name) ?? [])].some((used) => known.has(used) && !shared.has(used))) shared.delete(name);
  }
  return shared;
}
