/** Owns the names of each flavor as symbol tables and a shim's manifest tell them. */
import type { ShimManifest } from "../../model/shim-manifest.js";
import { nameParts } from "../../objects/demangle/demangle.js";
import { definesGlobal } from "../../objects/classes.js";
import type { ObjectFile } from "../../objects/model.js";
import { objectsOf } from "../../objects/open.js";
import { symbolName } from "../../objects/symbols.js";
import { UnforkError } from "../../support/errors.js";
import type { FlavorWords } from "./flavor-words.js";

export interface Knowledge {
  /** Archives, objects and programs that define the flavors' names. */
  readonly symbolFiles: readonly string[];
  readonly manifest: ShimManifest | undefined;
}

/** Throws `input-invalid` where no file defines a name of any flavor. */
export function knownWords(flavors: readonly string[], { symbolFiles, manifest }: Knowledge): FlavorWords[] {
  const defined = definedNames(symbolFiles);
  const known = flavors.map((flavor) => {
    const suffix = `_${flavor}`;
    const fromSymbols = [...defined.certain, ...pairs(defined.inPrograms, flavors)].filter((word) => word.endsWith(suffix));
    const fromManifest = (manifest?.names ?? []).map(({ from }) => outermost(from) + suffix);
    return { flavor, words: new Set([...fromSymbols, ...fromManifest]), exact: fromSymbols.length > 0 };
  });
  if (symbolFiles.length > 0 && !known.some(({ exact }) => exact)) {
    throw new UnforkError("input-invalid", `no name that is defined in ${symbolFiles.join(", ")} ends in ${suffixes(flavors)}`, {
      hint: "give the archive of an isolated flavor, or a program with its symbols",
    });
  }
  return known;
}

export function suffixes(flavors: readonly string[]): string {
  return flavors.map((flavor) => `_${flavor}`).join(", ");
}

interface DefinedNames {
  /** Scopes, and names without one out of archives and objects. */
  readonly certain: ReadonlySet<string>;
  /** Names without a scope out of programs, where the application's own stand beside them. */
  readonly inPrograms: ReadonlySet<string>;
}

function definedNames(files: readonly string[]): DefinedNames {
  const certain = new Set<string>();
  const inPrograms = new Set<string>();
  for (const file of files) {
    for (const object of objectsOf(file, undefined, { inPassing: true })) {
      const unscoped = object.kind === "relocatable" ? certain : inPrograms;
      for (const name of globalNames(object)) addName(name, { scopes: certain, unscoped });
    }
  }
  return { certain, inPrograms };
}

function* globalNames({ symbols, format }: ObjectFile): Generator<string> {
  for (let index = 1; index < symbols.count; index++) {
    if (!definesGlobal(symbols.classes[index] ?? 0)) continue;
    const name = symbolName(symbols, index).replace(/@.*$/s, "");
    yield format === "mach-o" && name.startsWith("_") ? name.slice(1) : name;
  }
}

function addName(name: string, to: { readonly scopes: Set<string>; readonly unscoped: Set<string> }): void {
  const parts = nameParts(name);
  if (parts === undefined) to.unscoped.add(name);
  const [first, ...inner] = parts?.scopes ?? [];
  if (first !== undefined) (inner.length > 0 ? to.scopes : to.unscoped).add(first);
}

/** Names that several flavors have; one that stands alone may be the application's own. */
function pairs(names: ReadonlySet<string>, flavors: readonly string[]): string[] {
  return [...names].filter((name) => {
    const own = flavors.find((flavor) => name.endsWith(`_${flavor}`));
    if (own === undefined) return false;
    const stem = name.slice(0, -own.length);
    return flavors.some((flavor) => flavor !== own && names.has(stem + flavor));
  });
}

function outermost(name: string): string {
  return /^(?:::)?(.*?)(?:::|$)/.exec(name)?.[1] ?? name;
}
