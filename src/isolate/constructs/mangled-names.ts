/** Owns the flavor in names as linkers see them: C names, Itanium-mangled and MSVC-decorated ones. */
import type { FlavoredNames } from "./flavored-names.js";

/** The name with the flavor, or undefined when nothing in it is renamed. */
export function flavoredSymbol(symbol: string, names: FlavoredNames): string | undefined {
  if (/^_{0,3}Z/.test(symbol)) return flavoredItanium(symbol, names);
  if (symbol.startsWith("?")) return flavoredDecorated(symbol, names);
  return names.isGlobal(symbol) ? symbol + names.suffix : undefined;
}

/** What may look like a length and is none: literals, array bounds, substitutions, template parameters. */
const NO_LENGTH = /^(?:L[a-z]n?\d+E|A\d+_|S[0-9A-Z]*_|St|T[0-9A-Z]*_|[CD][0-9])/;

/** Letters that open something which `E` closes. */
const OPENING = new Set(["N", "I", "F", "X", "J"]);

/**
 * An Itanium-mangled name (C++ ABI 5.1): `<length><identifier>`. The first identifier of a nested name (`N…E`), and one
 * outside of nested names, stands at global scope; the others are inside it.
 */
function flavoredItanium(symbol: string, names: FlavoredNames): string | undefined {
  let out = "";
  let changed = false;
  /** One entry per open scope: whether the next identifier in it is inside another one. */
  const inner: (boolean | undefined)[] = [];
  let afterStd = false;
  for (let at = 0; at < symbol.length;) {
    const rest = symbol.slice(at);
    const [skipped] = NO_LENGTH.exec(rest) ?? [];
    const [length] = /^\d+/.exec(rest) ?? [];
    if (skipped !== undefined || length === undefined) {
      const text = skipped ?? (symbol[at] as string);
      if (skipped === undefined) nest(text, inner);
      else if (text.startsWith("S") && inner.at(-1) !== undefined) inner[inner.length - 1] = true;
      afterStd = text === "St";
      out += text;
      at += text.length;
      continue;
    }
    const name = rest.slice(length.length, length.length + Number(length));
    const isOuter = inner.at(-1) !== true && !afterStd;
    const renamed = isOuter && (names.isNamespace(name) || names.isGlobal(name));
    out += renamed ? `${name.length + names.suffix.length}${name}${names.suffix}` : length + name;
    changed ||= renamed;
    if (inner.at(-1) !== undefined) inner[inner.length - 1] = true;
    afterStd = false;
    at += length.length + name.length;
  }
  return changed ? out : undefined;
}

/** Only nested names have identifiers inside identifiers. */
function nest(letter: string, inner: (boolean | undefined)[]): void {
  if (OPENING.has(letter)) inner.push(letter === "N" ? false : undefined);
  else if (letter === "E") inner.pop();
}

/** Behind what an outermost scope of a decorated name stands: `@`, the codes of types, `?`, an operator's code. */
const OUTERMOST = /(?<=[@VUTW4]|(?<!\?)\?|\?\?_?[0-9A-Z])([A-Za-z_]\w*)(?=@@)/g;

/** Where a decorated name of MSVC grows: behind outermost scopes, which end with `@@`. Back references count positions, not lengths. */
export function decoratedOffsets(symbol: string, names: FlavoredNames): number[] {
  return [...symbol.matchAll(OUTERMOST)]
    .filter(({ 0: name, index }) => isFlavored(name, names) || (symbol.slice(index - 2, index) === "@@" && endsWithType(name, names)))
    .map((match) => match.index + match[0].length);
}

function isFlavored(name: string, names: FlavoredNames): boolean {
  return names.isNamespace(name) || names.isGlobal(name);
}

/** Behind a whole name come the codes of types: a class, struct, union or enumeration at global scope may end them. */
function endsWithType(codes: string, names: FlavoredNames): boolean {
  return [...codes.matchAll(/[VUT]|W4/g)].some(({ 0: code, index }) => names.isGlobal(codes.slice(index + code.length)));
}

function flavoredDecorated(symbol: string, names: FlavoredNames): string | undefined {
  const offsets = decoratedOffsets(symbol, names);
  if (offsets.length === 0) return undefined;
  const cuts = [0, ...offsets, symbol.length];
  return cuts.slice(1).reduce((out, cut, index) => out + symbol.slice(cuts[index], cut) + (index < offsets.length ? names.suffix : ""), "");
}
