/** Owns the figures of a shim's coverage: what is generated, written by hand or left, over all and per class. */
import type { ShimItem, ShimManifest } from "../../model/shim-manifest.js";
import { byText } from "../../support/order.js";

export interface Counts {
  readonly generated: number;
  readonly handWritten: number;
  readonly unsupported: number;
  /** Of all, 0 to 100. */
  readonly percentGenerated: number;
}

export interface ClassCoverage extends Counts {
  /** In the shim; "" for what stands in no class. */
  readonly name: string;
}

export interface ShimCoverage extends Counts {
  readonly classes: number;
  readonly structs: number;
  readonly enums: number;
  /** What costs work first. */
  readonly byClass: readonly ClassCoverage[];
  readonly left: readonly ShimItem[];
}

/** What counts: methods, constructors, fields, enumerators, constants, functions, typedefs and macros, converters; a class that is left counts by its members. */
export function coverageOf({ items, namespace }: Pick<ShimManifest, "items" | "namespace">): ShimCoverage {
  const counted = items.filter(({ kind }) => kind !== "class" && kind !== "struct" && kind !== "enum");
  const byClass = new Map<string, ShimItem[]>();
  const classes = new Set(items.filter(({ kind }) => kind === "class" || kind === "struct" || kind === "enum").map(({ name }) => name));
  for (const one of counted) {
    const owner = one.kind === "converter" ? one.name : ownerOf(one.name, classes);
    byClass.set(owner, [...(byClass.get(owner) ?? []), one]);
  }
  const rows = [...byClass].map(([name, list]) => classRow(name === "" ? "" : name.slice(namespace.length + 2), list));
  return {
    ...countsOf(counted),
    classes: generated(items, "class"),
    structs: generated(items, "struct"),
    enums: generated(items, "enum"),
    byClass: rows.toSorted(
      (a, b) => b.unsupported - a.unsupported || b.handWritten - a.handWritten || b.generated - a.generated || byText(a.name, b.name),
    ),
    left: items.filter(({ status }) => status !== "generated"),
  };
}

function classRow(name: string, items: readonly ShimItem[]): ClassCoverage {
  return { name, ...countsOf(items) };
}

function generated(items: readonly ShimItem[], kind: ShimItem["kind"]): number {
  return items.filter((one) => one.kind === kind && one.status === "generated").length;
}

function ownerOf(name: string, classes: ReadonlySet<string>): string {
  const bare = name.replace(/\(.*$/s, "");
  for (let at = bare.lastIndexOf("::"); at > 0; at = bare.lastIndexOf("::", at - 1)) {
    const scope = bare.slice(0, at);
    if (classes.has(scope)) return scope;
  }
  return "";
}

function countsOf(items: readonly ShimItem[]): Counts {
  const count = (status: ShimItem["status"]): number => items.filter((one) => one.status === status).length;
  const made = count("generated");
  return {
    generated: made,
    handWritten: count("hand-written"),
    unsupported: count("unsupported"),
    percentGenerated: items.length === 0 ? 100 : (100 * made) / items.length,
  };
}
