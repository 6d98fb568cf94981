/** Owns Protocol Buffers: a package whose first word is an external namespace, and the references to it. */
import type { ExtraInsertion } from "../decide/file-edits.js";
import type { FlavoredNames } from "./flavored-names.js";

/** Comments, strings, and dotted names with an optional leading dot. */
const PARTS = /\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?|(\.?)([A-Za-z_]\w*)((?:\s*\.\s*[A-Za-z_]\w*)*)/g;

/**
 * The suffix goes behind the first word of `package lib.x;` and of every `lib.x.Type` and `.lib.x.Type`: the package becomes
 * the C++ namespace `lib_<flavor>::x`. Strings stay: import paths, `java_package`, `objc_class_prefix`.
 */
export function protoInsertions(text: string, names: FlavoredNames): ExtraInsertion[] {
  const found: ExtraInsertion[] = [];
  let before = "";
  for (const match of text.matchAll(PARTS)) {
    const [, dot, first, rest] = match;
    if (first === undefined) continue;
    const isName = rest !== "" || before === "package";
    if (isName && names.isNamespace(first)) {
      found.push({ offset: match.index + (dot ?? "").length + first.length, text: names.suffix, names: [first] });
    }
    before = first;
  }
  return found;
}
