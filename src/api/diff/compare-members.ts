/** Owns how fields, bases and enumerators differ between two releases. */
import type { ApiDiffReason } from "../../model/api-diff.js";
import type { ApiClass, ApiField } from "../../model/api-snapshot.js";
import { access } from "./compare-callables.js";
import { CHANGE_WORDS } from "./compare-parameters.js";
import { compareTypes, type TypeContext, typeStep } from "./compare-types.js";
import { reason } from "./costs.js";
import type { ApiBase, ApiEnumerator } from "./pair-members.js";

export function compareFields(a: ApiField, b: ApiField, context: TypeContext): ApiDiffReason[] {
  const change = compareTypes(a.type, b.type, context);
  return [
    ...(change === null ? [] : [reason("field-type", `type: ${typeStep(a.type, b.type)}: ${CHANGE_WORDS[change]}`, change)]),
    ...initializers(a, b, context),
    ...(a.width === b.width ? [] : [reason("width", `width: ${bits(a.width)} → ${bits(b.width)}`)]),
    ...(a.mutable === b.mutable ? [] : [reason("mutable", b.mutable ? "became `mutable`" : "is no longer `mutable`")]),
    ...(a.offset === null || b.offset === null || a.offset === b.offset
      ? []
      : [reason("layout", `offset: ${place(a.offset)} → ${place(b.offset)}`)]),
    ...access(a, b),
  ];
}

function bits(width: number | null): string {
  return width === null ? "no bit-field" : `${width} bits`;
}

function place(offset: number): string {
  return offset % 8 === 0 ? `byte ${offset / 8}` : `bit ${offset}`;
}

function initializers(a: ApiField, b: ApiField, context: TypeContext): ApiDiffReason[] {
  const [old, one] = [startOf(a.initializer, context.legacy.textKey), startOf(b.initializer, context.latest.textKey)];
  if (old === one) return [];
  return [reason("initializer", `starts as ${shown(b.initializer)}, before as ${shown(a.initializer)}`)];
}

/** `{4}` is `4`. */
function startOf(text: string | null, keyOf: (text: string) => string): string | null {
  return text === null ? null : keyOf(text).replace(/^\{([^{},]+)\}$/, "$1");
}

function shown(initializer: string | null): string {
  return initializer === null ? "what the class's constructors say" : `\`${initializer}\``;
}

export function compareBases(a: ApiBase, b: ApiBase): ApiDiffReason[] {
  return [
    ...(a.access === b.access ? [] : [reason("base-access", `was a ${a.access} base, is a ${b.access} one`)]),
    ...(a.virtual === b.virtual ? [] : [reason("base-virtual", b.virtual ? "became a virtual base" : "is no longer a virtual base")]),
  ];
}

export function compareEnumerators(a: ApiEnumerator, b: ApiEnumerator): ApiDiffReason[] {
  return a.value === b.value ? [] : [reason("value", `value: ${a.value} → ${b.value}`)];
}

/** Of the class itself; members have reasons of their own. */
export function isValueClass({ defined, fields, polymorphic }: ApiClass): boolean {
  return defined && !polymorphic && fields.length > 0 && fields.every((one) => one.access === "public");
}
