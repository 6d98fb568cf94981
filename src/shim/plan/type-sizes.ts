/** Owns sizes and alignments of types in bytes, as far as a snapshot tells them. */
import type { ApiSnapshot, ApiType } from "../../model/api-snapshot.js";

export interface Extent {
  readonly size: number;
  readonly align: number;
}

export type ExtentOf = (type: ApiType) => Extent | undefined;

/** Of the target that the headers were read for. */
export function extents({ declarations, widths }: ApiSnapshot): ExtentOf {
  const classes = new Map(declarations.flatMap((one) => (one.kind === "class" ? [[one.qualifiedName, one] as const] : [])));
  const enums = new Map(declarations.flatMap((one) => (one.kind === "enum" ? [[one.qualifiedName, one.underlying] as const] : [])));
  const pointer = { size: widths.pointer, align: widths.pointer };
  return function extentOf(type: ApiType): Extent | undefined {
    switch (type.kind) {
      case "builtin":
        return builtin(type.name, widths);
      case "pointer":
      case "reference":
        return pointer;
      case "array": {
        const element = extentOf(type.of);
        return element === undefined ? undefined : { size: element.size * (type.size ?? 0), align: element.align };
      }
      case "alias":
        return extentOf(type.target);
      case "named": {
        const underlying = enums.get(type.name);
        if (underlying !== undefined) return extentOf(underlying);
        const found = classes.get(type.name);
        return found === undefined || found.size === null || found.align === null ? undefined : { size: found.size, align: found.align };
      }
      default:
        return undefined;
    }
  };
}

const BYTES: Readonly<Record<string, number>> = {
  bool: 1,
  char: 1,
  short: 2,
  int: 4,
  "long long": 8,
  float: 4,
  double: 8,
  "long double": 16,
};

function builtin(name: string, widths: ApiSnapshot["widths"]): Extent | undefined {
  const plain = name.replace(/^std::/, "").replace(/^_Bool$/, "bool");
  const fixed = /^u?int(8|16|32|64)_t$/.exec(plain)?.[1];
  const word = plain
    .replace(/^(?:un)?signed (?=\w)/, "")
    .replace(/^(?:un)?signed$/, "int")
    .replace(/^(long long|long|short) int$/, "$1");
  const size =
    fixed !== undefined
      ? Number(fixed) / 8
      : /^(?:s?size_t|ptrdiff_t|u?intptr_t)$/.test(plain)
        ? widths.pointer
        : word === "long"
          ? widths.long
          : plain === "wchar_t"
            ? widths.wchar
            : BYTES[word];
  return size === undefined ? undefined : { size, align: size };
}
