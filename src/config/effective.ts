/** Owns the list of effective values with where each came from. */
import { keyPath } from "../support/explain-issues.js";
import type { LoadedConfig } from "./load-config.js";

export interface EffectiveValue {
  readonly key: string;
  readonly value: string | number | boolean | null;
  /** The config file's name, or "default". */
  readonly from: string;
}

/** Every leaf of the effective configuration, in the file's order. An empty list or object is a leaf of its own. */
export function effectiveValues(loaded: Pick<LoadedConfig, "config" | "raw">, fileName: string): EffectiveValue[] {
  return leaves(loaded.config, []).map(({ path, value }) => ({
    key: keyPath(path),
    value,
    from: isWritten(loaded.raw, path) ? fileName : "default",
  }));
}

interface Leaf {
  readonly path: readonly (string | number)[];
  readonly value: EffectiveValue["value"];
}

function leaves(value: unknown, path: readonly (string | number)[]): Leaf[] {
  if (Array.isArray(value))
    return value.length === 0 ? [{ path, value: "[]" }] : value.flatMap((item, index) => leaves(item, [...path, index]));
  if (value !== null && typeof value === "object") {
    const entries = Object.entries(value);
    return entries.length === 0 ? [{ path, value: "{}" }] : entries.flatMap(([key, item]) => leaves(item, [...path, key]));
  }
  return [{ path, value: value as EffectiveValue["value"] }];
}

function isWritten(raw: unknown, path: readonly (string | number)[]): boolean {
  let value = raw;
  for (const part of path) {
    if (value === null || typeof value !== "object" || !(part in value)) return false;
    value = (value as Record<string | number, unknown>)[part];
  }
  return true;
}
