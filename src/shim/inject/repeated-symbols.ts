/** Owns which symbols both builds of a component define, as their object files say. */
import { COMMON_CLASS, definesGlobal, STRONG } from "../../objects/classes.js";
import { demangler } from "../../objects/demangle.js";
import { objectsOf } from "../../objects/open.js";
import { symbolName } from "../../objects/symbols.js";
import { byText } from "../../support/order.js";
import type { InjectFinding } from "./model.js";
import type { OutsideFile } from "./outside-files.js";

export interface BuiltSource {
  readonly source: string;
  readonly object: string;
  /** Absolute paths of all files that the compiler read for it. */
  readonly reads: readonly string[];
}

interface Definition {
  readonly source: string;
  /** The linker refuses the second one; of other definitions it takes the first. */
  readonly strong: boolean;
}

/**
 * Strong definitions, of which a linker refuses the second; and inline ones, of which it silently takes one for both flavors. Inline ones that
 * some file outside of the component declares are that file's, and the same in both.
 */
export function repeatedSymbols(
  [first, second]: readonly (readonly BuiltSource[])[],
  outside: readonly OutsideFile[],
  isKnown: (plain: string) => boolean,
): InjectFinding[] {
  const known = definedSymbols(first ?? []);
  const demangle = demangler();
  return [...definedSymbols(second ?? [])]
    .filter(([name]) => known.has(name))
    .toSorted(([a], [b]) => byText(a, b))
    .flatMap(([name, { source, strong }]): InjectFinding[] => {
      const { full, plain } = demangle(name);
      if (strong || known.get(name)?.strong === true) {
        const way = name === plain ? `; give it the flavor: --name ${name}` : "";
        const text = `${full} is defined by both builds: they cannot be linked into one program${way}`;
        return [{ kind: "symbol", path: source, line: 0, text }];
      }
      const words = wordsOf(full);
      if (words.length === 0 || isKnown(words.at(-1) as string) || outside.some((file) => words.every((word) => file.words.has(word))))
        return [];
      return [
        {
          kind: "symbol",
          path: source,
          line: 0,
          text: `${full} is defined by both builds, and the program gets one of them for both flavors`,
        },
      ];
    });
}

/** The names in a symbol's qualified name: no arguments, no parameters. None of what belongs to the standard library or the compiler. */
function wordsOf(full: string): string[] {
  let text = full.replace(/^(?:guard variable|vtable|typeinfo name|typeinfo|VTT|construction vtable) for /, "");
  for (let before = ""; before !== text;) {
    before = text;
    text = text.replaceAll(/<[^<>]*>/g, "");
  }
  text = text.replaceAll(/\([^()]*\)(?: const)?(?=::|$)/g, "").replace(/\(.*$/, "");
  const path = text.split(" ").at(-1) ?? "";
  const words = path.split("::").filter((word) => /^~?[A-Za-z_]\w*$/.test(word));
  if (/^(?:std|__gnu_cxx|__cxxabiv1|__clang.*|DW)$/.test(words[0] ?? "") || path.startsWith("operator")) return [];
  return words.map((word) => word.replace("~", ""));
}

/** Global names that objects define. */
export function definedSymbols(built: readonly BuiltSource[]): Map<string, Definition> {
  const found = new Map<string, Definition>();
  for (const { source, object } of built)
    for (const { symbols } of objectsOf(object))
      for (let index = 1; index < symbols.count; index++) {
        const code = symbols.classes[index] as number;
        if (!definesGlobal(code)) continue;
        const name = symbolName(symbols, index);
        const strong = code === STRONG || code === COMMON_CLASS;
        if (strong || !found.has(name)) found.set(name, { source, strong });
      }
  return found;
}
