/** Owns the numbers of C and C++: how wide they are, and what changing one into another does to values. */
import type { ApiSnapshot, ApiType } from "../../model/api-snapshot.js";
import type { TypeChange } from "../../model/api-diff.js";

type Widths = ApiSnapshot["widths"];

interface NumberKind {
  readonly floating: boolean;
  readonly signed: boolean;
  readonly bytes: number;
}

/** What a builtin type holds, or undefined of one that holds no number. */
export function numberOf(type: ApiType, widths: Widths): NumberKind | undefined {
  if (type.kind !== "builtin") return undefined;
  const name = type.name.replace(/^std::/, "");
  const fixed = /^(u?)int(8|16|32|64)_t$/.exec(name);
  if (fixed !== null) return { floating: false, signed: fixed[1] === "", bytes: Number(fixed[2]) / 8 };
  const floating = FLOATING[name];
  if (floating !== undefined) return { floating: true, signed: true, bytes: floating };
  if (/^(?:size_t|uintptr_t|uintmax_t)$/.test(name)) return { floating: false, signed: false, bytes: widths.pointer };
  if (/^(?:ssize_t|ptrdiff_t|intptr_t|intmax_t)$/.test(name)) return { floating: false, signed: true, bytes: widths.pointer };
  if (name === "char") return { floating: false, signed: widths.char === "signed", bytes: 1 };
  if (name === "bool") return { floating: false, signed: false, bytes: 1 };
  return integer(name, widths);
}

const FLOATING: Readonly<Record<string, number>> = { float: 4, double: 8, "long double": 16 };

function integer(name: string, widths: Widths): NumberKind | undefined {
  const words = name.split(" ");
  if (!words.every((word) => /^(?:signed|unsigned|char|short|int|long)$/.test(word))) return undefined;
  const longs = words.filter((word) => word === "long").length;
  const bytes = words.includes("char") ? 1 : words.includes("short") ? 2 : longs === 2 ? 8 : longs === 1 ? widths.long : 4;
  return { floating: false, signed: !words.includes("unsigned"), bytes };
}

/** What becomes of a value of `from` in `to`, or undefined where either holds no number. */
export function numberChange(
  from: ApiType,
  to: ApiType,
  widths: { readonly legacy: Widths; readonly latest: Widths },
): TypeChange | undefined {
  const a = numberOf(from, widths.legacy);
  const b = numberOf(to, widths.latest);
  if (a === undefined || b === undefined) return undefined;
  if (a.floating !== b.floating) return "floating";
  if (a.bytes !== b.bytes) return a.bytes < b.bytes ? "widening" : "narrowing";
  return a.signed === b.signed ? "equivalent" : "signedness";
}
