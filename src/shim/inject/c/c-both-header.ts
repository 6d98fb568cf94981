/** Owns the header that shows both flavors of a C component, for C and C++: made from what its public headers declare, not from their text. */
import type { ApiClass, ApiDeclaration, ApiFunction } from "../../../model/api-snapshot.js";
import type { InjectRequest } from "../model.js";
import { flavorMacro, MARK, upper } from "../words.js";
import { sharedConstants } from "./c-constants.js";
import type { CSurface } from "./c-surface.js";
import { declarationText, functionText, type Spelling } from "./c-text.js";

/** What the typedefs come from that a snapshot keeps by their usual names. */
const STANDARD = ["<setjmp.h>", "<stdarg.h>", "<stdbool.h>", "<stddef.h>", "<stdint.h>", "<stdio.h>", "<sys/types.h>", "<time.h>"];

/** @param before system headers that the public headers read */
export function cBothHeader(request: InjectRequest, surface: CSurface, before: readonly string[]): string {
  const { component, flavors } = request;
  const guard = `${upper(component)}_BOTH_H_`;
  return [
    `/* ${component} in both flavors, for C and C++ outside of it. ${MARK} */`,
    `#ifndef ${guard}`,
    `#define ${guard}`,
    "",
    `#if ${flavors.map(({ name }) => `defined(${flavorMacro(component, name)})`).join(" || ")}`,
    `#error "a source of ${component} itself has one flavor: include its own headers"`,
    "#endif",
    "",
    ...[...new Set([...STANDARD, ...before])].map((path) => `#include ${path}`),
    "",
    "#ifdef __cplusplus",
    'extern "C" {',
    "#endif",
    "",
    ...sharedConstants(surface, flavors),
    "",
    ...sharedTypes(request, surface),
    ...([0, 1] as const).flatMap((side) => flavorSection(request, surface, side)),
    ...functionsByFlavor(request, surface),
    "#ifdef __cplusplus",
    '}  /* extern "C" */',
    "#endif",
    "",
    `#endif  /* ${guard} */`,
    "",
  ].join("\n");
}

function sharedTypes({ flavors }: InjectRequest, { sides, shared, left }: CSurface): string[] {
  const { declarations } = sides[0];
  const plain: Spelling = { declarations, nameOf: (name) => name, suffix: `_${flavors[0].name}` };
  const own = declarations.filter((one) => shared.has(one.qualifiedName) && !left.has(one));
  if (own.length === 0) return [];
  return ["/* The same in both flavors. */", ...typesInOrder(own, plain), ...layouts(own, plain), ""];
}

function flavorSection({ flavors }: InjectRequest, surface: CSurface, side: 0 | 1): string[] {
  const { sides, left, shared } = surface;
  const spelling = flavoredSpelling(surface, side, flavors[side].name);
  const own = sides[side].declarations.filter((one) => !left.has(one) && !shared.has(one.qualifiedName));
  return [
    `/* ${flavors[side].name} */`,
    ...foreignAhead(own, spelling, `_${flavors[side].name}`),
    ...typesInOrder(own.filter(isType), spelling),
    ...layouts(own, spelling),
    ...own.filter((one) => !isType(one)).map((one) => declarationText(one, spelling)),
    "",
  ];
}

function isType({ kind }: ApiDeclaration): boolean {
  return kind !== "function" && kind !== "variable";
}

/** The component's own names with the flavor, but for shared ones. */
function flavoredSpelling({ sides, shared }: CSurface, side: 0 | 1, flavor: string): Spelling {
  const { declarations } = sides[side];
  const own = new Set(declarations.flatMap((one) => [one.qualifiedName, ...enumeratorsOf(one)]));
  const stay = new Set(declarations.flatMap((one) => (shared.has(one.qualifiedName) ? [one.qualifiedName, ...enumeratorsOf(one)] : [])));
  return { declarations, nameOf: (name) => (own.has(name) && !stay.has(name) ? `${name}_${flavor}` : name), suffix: `_${flavor}` };
}

function enumeratorsOf(one: ApiDeclaration): string[] {
  return one.kind === "enum" ? one.enumerators.map(({ name }) => name) : [];
}

/** Structs ahead of all, so that they are not declared inside a parameter list first. */
function typesInOrder(own: readonly ApiDeclaration[], spelling: Spelling): string[] {
  const ahead = own
    .filter((one): one is ApiClass => one.kind === "class")
    .map(({ key, qualifiedName }) => `${key} ${spelling.nameOf(qualifiedName)};`);
  return [...ahead, ...own.filter((one) => one.kind !== "class" || one.defined).map((one) => declarationText(one, spelling))];
}

/** Types of the library, of which only pointers are used. */
function foreignAhead(own: readonly ApiDeclaration[], spelling: Spelling, suffix: string): string[] {
  const known = new Set(spelling.declarations.map(({ qualifiedName }) => qualifiedName));
  const found = new Set<string>();
  for (const one of own)
    for (const [, key, name = ""] of declarationText(one, spelling).matchAll(/\b(struct|union) (\w+)/g))
      if (name.endsWith(suffix) && !known.has(name) && !known.has(name.slice(0, -suffix.length))) found.add(`${key} ${name};`);
  return [...found];
}

/** What was read from text must be laid out as the compiler laid out the original. */
function layouts(own: readonly ApiDeclaration[], spelling: Spelling): string[] {
  return own.flatMap((one) => {
    if (one.kind !== "class" || !one.defined || one.size === null) return [];
    const name = `${one.key} ${spelling.nameOf(one.qualifiedName)}`;
    return [
      `typedef char ${spelling.nameOf(one.qualifiedName).replaceAll(/\W+/g, "_")}_has_its_size[sizeof(${name}) == ${one.size} ? 1 : -1];`,
    ];
  });
}

/** A table of what both flavors have with the same types. */
function functionsByFlavor({ component, flavors }: InjectRequest, { sides, shared, left }: CSurface): string[] {
  const both = sides.map(({ declarations }, side) => {
    const plain: Spelling = { declarations, nameOf: (name) => name, suffix: `_${flavors[side as 0 | 1].name}` };
    const functions = declarations.filter((one): one is ApiFunction => one.kind === "function" && !left.has(one));
    return new Map(
      functions.map((one) => [one.name, { text: functionText(one, `(*${one.name})`, plain), isShared: restsOnShared(one, shared, plain) }]),
    );
  });
  const [first, second] = both;
  const names = [...(first?.keys() ?? [])].filter((name) => {
    const one = first?.get(name);
    return one?.isShared === true && one.text === second?.get(name)?.text;
  });
  if (names.length === 0) return [];
  const table = `${component}_functions`;
  const values = (flavor: string): string[] => [
    `  static const struct ${table} ${flavor}_functions = {`,
    ...names.map((name) => `      ${name}_${flavor},`),
    "  };",
  ];
  return [
    "/* The functions that both flavors have with the same types. */",
    `struct ${table} {`,
    ...names.map((name) => `  ${first?.get(name)?.text};`),
    "};",
    "",
    `/* Those of the flavor: 0 is ${flavors[0].name}, 1 is ${flavors[1].name}, as in a shim's ProcessFlavor(). */`,
    `static inline const struct ${table} *${component}_of(int flavor) {`,
    ...flavors.flatMap(({ name }) => values(name)),
    `  return flavor == 0 ? &${flavors[0].name}_functions : &${flavors[1].name}_functions;`,
    "}",
    "",
  ];
}

function restsOnShared(one: ApiFunction, shared: ReadonlySet<string>, { declarations, suffix }: Spelling): boolean {
  const types = new Set(
    declarations.filter(({ kind }) => kind !== "function" && kind !== "variable").map(({ qualifiedName }) => qualifiedName),
  );
  const used = new Set<string>();
  functionText(one, "", { declarations, suffix, nameOf: (name) => (used.add(name), name) });
  return [...used].every((name) => (types.has(name) ? shared.has(name) : !name.endsWith(suffix)));
}
