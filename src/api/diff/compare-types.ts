/** Owns how a type of one release differs from that of the other, as far as a shim between them minds. */
import type { TypeChange } from "../../model/api-diff.js";
import type { ApiSnapshot, ApiType } from "../../model/api-snapshot.js";
import { typeText } from "../readable-type.js";
import { numberChange, numberOf } from "./numbers.js";
import type { Sides } from "./pair-members.js";
import { bare, elementOf, isCallback, isOptional, isText, ownedBy, resolved, VOCABULARY, wordOf } from "./type-words.js";

/** Both sides and what is known of their declarations. */
export interface TypeContext extends Sides {
  readonly widths: { readonly legacy: ApiSnapshot["widths"]; readonly latest: ApiSnapshot["widths"] };
  /** Common names of either side's enumerations. */
  readonly enums: ReadonlySet<string>;
}

/** In which way, or null for types that mean the same under the map. */
export function compareTypes(legacy: ApiType, latest: ApiType, context: TypeContext): TypeChange | null {
  if (context.legacy.typeKey(legacy) === context.latest.typeKey(latest)) return null;
  const [a, b] = [resolved(legacy), resolved(latest)];
  for (const rule of RULES) {
    const found = rule(a, b, context);
    if (found !== undefined) return found;
  }
  return "other";
}

/** The context inside two templates, whose parameters are the same by their place. */
export function inTemplates<C extends Sides>(context: C, legacy: Templated, latest: Templated): C {
  if (legacy.templateParameters === null && latest.templateParameters === null) return context;
  return {
    ...context,
    legacy: context.legacy.within(legacy.templateParameters),
    latest: context.latest.within(latest.templateParameters),
  };
}

type Templated = { readonly templateParameters: readonly { readonly name: string }[] | null };

/** Both types as text; what they stand for where they are spelled alike. */
export function typeStep(legacy: ApiType, latest: ApiType): string {
  const [old, one] = [typeText(legacy), typeText(latest)];
  if (old !== one) return `\`${old}\` → \`${one}\``;
  return `\`${old}\`, which stood for \`${typeText(resolved(legacy))}\` and stands for \`${typeText(resolved(latest))}\``;
}

type Rule = (a: ApiType, b: ApiType, context: TypeContext) => TypeChange | undefined;

/** The first that knows the two decides. */
const RULES: readonly Rule[] = [
  ownConst,
  (a, b, { widths }) => numberChange(bare(a), bare(b), widths),
  enumInteger,
  equivalentWord,
  optional,
  ownership,
  (a, b) => (isText(a) && isText(b) ? "text" : undefined),
  (a, b) => (isCallback(a) && isCallback(b) ? "callback" : undefined),
  sequence,
  pointee,
  passing,
  elements,
  sameWord,
];

/** `int` and `const int` by value: the callee's affair, but not of a field. */
function ownConst(a: ApiType, b: ApiType, context: TypeContext): TypeChange | undefined {
  if (context.legacy.typeKey(bare(a)) !== context.latest.typeKey(bare(b))) return undefined;
  return b.const === true ? "const-added" : "const-removed";
}

function enumInteger(a: ApiType, b: ApiType, context: TypeContext): TypeChange | undefined {
  const isEnumA = a.kind === "named" && context.enums.has(context.legacy.nameOf(a.name));
  const isEnumB = b.kind === "named" && context.enums.has(context.latest.nameOf(b.name));
  if (isEnumA && isEnumB) return undefined;
  const isNumber = (type: ApiType, side: "legacy" | "latest"): boolean => numberOf(bare(type), context.widths[side]) !== undefined;
  return (isEnumA && isNumber(b, "latest")) || (isEnumB && isNumber(a, "legacy")) ? "enum-integer" : undefined;
}

/** `absl::optional<T>` and `std::optional<T>`: a library's own word for what the standard has too. */
function equivalentWord(a: ApiType, b: ApiType, context: TypeContext): TypeChange | undefined {
  const [one, other] = [wordOf(a), wordOf(b)];
  if (one === undefined || other === undefined || one.word !== other.word || !VOCABULARY.has(one.word)) return undefined;
  return sameFirst(one.first, other.first, context) ? "equivalent" : "elements";
}

function sameFirst(a: ApiType | null, b: ApiType | null, context: TypeContext): boolean {
  if (a === null || b === null) return a === b;
  return context.legacy.typeKey(a) === context.latest.typeKey(b);
}

function optional(a: ApiType, b: ApiType): TypeChange | undefined {
  if (isOptional(a) === isOptional(b)) return undefined;
  return isOptional(b) ? "optional-added" : "optional-removed";
}

/** Who deletes the object is no longer the same. */
function ownership(a: ApiType, b: ApiType): TypeChange | undefined {
  const owns = [a, b].filter((type) => ownedBy(type) !== undefined).length;
  if (owns === 2) return wordOf(a)?.word === wordOf(b)?.word ? undefined : "ownership";
  const other = ownedBy(a) === undefined ? a : b;
  return owns === 1 && (other.kind === "pointer" || other.kind === "reference") ? "ownership" : undefined;
}

/** A view of elements, or a pointer to them. */
function sequence(a: ApiType, b: ApiType, context: TypeContext): TypeChange | undefined {
  const [one, other] = [elementOf(a) ?? pointedTo(a), elementOf(b) ?? pointedTo(b)];
  if (one === undefined || other === undefined || (elementOf(a) ?? elementOf(b)) === undefined) return undefined;
  return sameFirst(bare(one), bare(other), context) ? "sequence" : undefined;
}

function pointedTo(type: ApiType): ApiType | undefined {
  return type.kind === "pointer" ? type.to : undefined;
}

/** Pointers to pointers to const too: what the first levels lead to is looked at. */
function pointee(a: ApiType, b: ApiType, context: TypeContext): TypeChange | undefined {
  if (a.kind !== b.kind || (a.kind !== "pointer" && a.kind !== "reference")) return undefined;
  if (b.kind !== "pointer" && b.kind !== "reference") return undefined;
  if (a.kind === "reference" && b.kind === "reference" && a.rvalue !== b.rvalue) return undefined;
  const [one, other] = [resolved(a.to), resolved(b.to)];
  if (context.legacy.typeKey(bare(one)) === context.latest.typeKey(bare(other)))
    return other.const === true ? "const-added" : "const-removed";
  if (a.kind === "reference") return compareTypes(one, other, context) ?? undefined;
  return one.kind === "pointer" && other.kind === "pointer" ? pointee(one, other, context) : undefined;
}

/** The same by value, by reference, or by pointer. */
function passing(a: ApiType, b: ApiType, context: TypeContext): TypeChange | undefined {
  const [one, other] = [passed(a), passed(b)];
  if (one.how === other.how) return undefined;
  const change = context.legacy.typeKey(bare(one.type)) === context.latest.typeKey(bare(other.type));
  if (!change) return undefined;
  return one.how === "pointer" || other.how === "pointer" ? "pointer-reference" : "passing";
}

function passed(type: ApiType): { how: string; type: ApiType } {
  if (type.kind === "pointer") return { how: "pointer", type: resolved(type.to) };
  if (type.kind === "reference") return { how: type.rvalue ? "rvalue" : "reference", type: resolved(type.to) };
  return { how: "value", type };
}

/** Instances of one template over types that can be converted. */
function elements(a: ApiType, b: ApiType, context: TypeContext): TypeChange | undefined {
  if (a.kind !== "named" || b.kind !== "named" || a.arguments === null || b.arguments === null) return undefined;
  return context.legacy.nameOf(a.name) === context.latest.nameOf(b.name) && a.arguments.length === b.arguments.length
    ? "elements"
    : undefined;
}

/** The map may have to say that two scopes are one. */
function sameWord(a: ApiType, b: ApiType): TypeChange | undefined {
  const [one, other] = [wordOf(a), wordOf(b)];
  return one !== undefined && other !== undefined && one.word === other.word && one.scope !== other.scope ? "scope" : undefined;
}
