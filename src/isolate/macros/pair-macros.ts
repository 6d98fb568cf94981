/** Owns the pairing of what both flavors define: macros by name with all their definitions, guards apart. */
import type { HeaderTree } from "./header-tree.js";
import type { MacroDefinition } from "./macro-definition.js";

/** A definition with its file. */
export interface PlacedDefinition extends MacroDefinition {
  readonly file: string;
}

/** How the definitions of both flavors compare. */
export type MacroClass =
  /** Include guard of both: the second flavor's header is hidden. */
  | "guard"
  /** The same definitions, token by token. */
  | "same"
  /** The same but for the flavors' suffixes. */
  | "flavored"
  | "differs";

export interface PairedMacro {
  readonly name: string;
  readonly class: MacroClass;
  /** One list per flavor, in the order of the flavors; for a guard the places of the guards. */
  readonly sides: readonly [readonly PlacedDefinition[], readonly PlacedDefinition[]];
}

/** Every macro that headers of both trees define, sorted by name. */
export function pairMacros(trees: readonly [HeaderTree, HeaderTree]): PairedMacro[] {
  const [first, second] = trees.map(definitionsOf) as [Definitions, Definitions];
  const [guards, others] = trees.map(guardsOf) as [Definitions, Definitions];
  const macros = [...first].flatMap(([name, definitions]): PairedMacro[] => {
    const partner = second.get(name);
    return partner === undefined ? [] : [{ name, class: classOf(definitions, partner, trees), sides: [definitions, partner] }];
  });
  const shared = [...guards].flatMap(([name, definitions]): PairedMacro[] => {
    const partner = others.get(name);
    return partner === undefined ? [] : [{ name, class: "guard", sides: [definitions, partner] }];
  });
  return [...macros, ...shared].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

type Definitions = ReadonlyMap<string, PlacedDefinition[]>;

function definitionsOf({ headers }: HeaderTree): Definitions {
  const found = new Map<string, PlacedDefinition[]>();
  for (const { path: file, macros } of headers.values()) {
    for (const macro of macros) {
      const known = found.get(macro.name);
      if (known === undefined) found.set(macro.name, [{ ...macro, file }]);
      else known.push({ ...macro, file });
    }
  }
  return found;
}

function guardsOf({ headers }: HeaderTree): Definitions {
  const found = new Map<string, PlacedDefinition[]>();
  for (const { path: file, guard } of headers.values()) {
    if (guard === undefined) continue;
    const placed = { ...guard, file, parameters: undefined, body: "", normal: "", conditional: false, defaulted: false };
    found.set(guard.name, [...(found.get(guard.name) ?? []), placed]);
  }
  return found;
}

function classOf(
  first: readonly PlacedDefinition[],
  second: readonly PlacedDefinition[],
  [a, b]: readonly [HeaderTree, HeaderTree],
): MacroClass {
  if (shapeOf(first) === shapeOf(second)) return "same";
  return shapeOf(first, a.flavor) === shapeOf(second, b.flavor) ? "flavored" : "differs";
}

/** All different bodies, sorted; without the flavor's suffix when one is given. */
function shapeOf(definitions: readonly PlacedDefinition[], flavor?: string): string {
  const suffix = flavor === undefined ? undefined : new RegExp(`(\\w)_${flavor}\\b`, "g");
  const bodies = definitions.map(({ normal }) => (suffix === undefined ? normal : normal.replaceAll(suffix, "$1")));
  return [...new Set(bodies)].toSorted().join("\n");
}
