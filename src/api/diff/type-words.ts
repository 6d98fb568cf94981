/** Owns what a type is for a caller: number, text, sequence, owner … by the words that C++ libraries have for these. */
import type { ApiType } from "../../model/api-snapshot.js";

/** A type with typedefs of the API resolved, qualifiers kept. */
export function resolved(type: ApiType): ApiType {
  if (type.kind !== "alias") return type;
  const target = resolved(type.target);
  const isConst = type.const === true || target.const === true;
  const isVolatile = type.volatile === true || target.volatile === true;
  return { ...target, ...(isConst ? { const: true as const } : {}), ...(isVolatile ? { volatile: true as const } : {}) };
}

/** Without `const` and `volatile` of its own. */
export function bare(type: ApiType): ApiType {
  return { ...type, const: undefined, volatile: undefined };
}

/** A template's instance, or a plain class: `unique_ptr` of `webrtc::X`. */
export interface Word {
  readonly word: string;
  readonly scope: string;
  readonly first: ApiType | null;
}

/** The last word of a class's name and its first argument, or undefined for what is no class. */
export function wordOf(type: ApiType): Word | undefined {
  if (type.kind !== "named") return undefined;
  const at = type.name.lastIndexOf("::");
  const argument = type.arguments?.[0];
  return {
    word: type.name.slice(at === -1 ? 0 : at + 2),
    scope: at === -1 ? "" : type.name.slice(0, at),
    first: argument !== undefined && "type" in argument ? argument.type : null,
  };
}

/** Class templates that libraries bring of their own until the standard has them: same word, same meaning. */
export const VOCABULARY = new Set([
  "optional",
  "string_view",
  "variant",
  "any",
  "span",
  "Span",
  "ArrayView",
  "scoped_refptr",
  "unique_ptr",
  "shared_ptr",
  "weak_ptr",
  "function",
  "function_ref",
  "FunctionView",
  "AnyInvocable",
  "bit_cast",
  "strong_ordering",
  "flat_hash_map",
  "flat_hash_set",
  "InlinedVector",
]);

const OWNERS = new Set(["unique_ptr", "shared_ptr", "scoped_refptr", "RefPtr", "ref_ptr", "intrusive_ptr", "auto_ptr", "sp"]);
const CALLBACKS = new Set([
  "function",
  "function_ref",
  "FunctionView",
  "AnyInvocable",
  "move_only_function",
  "OnceCallback",
  "RepeatingCallback",
]);
const SEQUENCES = new Set(["span", "Span", "ArrayView", "ArraySlice", "vector", "array", "InlinedVector"]);
const TEXTS = new Set(["string", "string_view", "StringPiece", "basic_string", "basic_string_view", "Slice"]);

export function isOptional(type: ApiType): boolean {
  return wordOf(type)?.word === "optional";
}

/** What the type holds of its own: `unique_ptr<T>` gives `T`. */
export function ownedBy(type: ApiType): ApiType | undefined {
  const found = wordOf(type);
  return found !== undefined && OWNERS.has(found.word) ? (found.first ?? undefined) : undefined;
}

/** A function object, a pointer to a function, or a reference to one of these. */
export function isCallback(type: ApiType): boolean {
  if (type.kind === "pointer" || type.kind === "reference")
    return type.to.kind === "function" || (type.kind === "reference" && isCallback(resolved(type.to)));
  const found = wordOf(type);
  return found !== undefined && CALLBACKS.has(found.word);
}

/** The elements of a sequence, passed by value or by reference. */
export function elementOf(type: ApiType): ApiType | undefined {
  const found = wordOf(type.kind === "reference" ? resolved(type.to) : type);
  return found !== undefined && SEQUENCES.has(found.word) ? (found.first ?? undefined) : undefined;
}

/** `const char*`, `std::string`, a view of it, or a reference to one of these. */
export function isText(type: ApiType): boolean {
  if (type.kind === "pointer") return type.to.kind === "builtin" && type.to.name === "char" && type.to.const === true;
  const found = wordOf(type.kind === "reference" ? resolved(type.to) : type);
  return found !== undefined && TEXTS.has(found.word);
}
