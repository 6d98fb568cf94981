/** Owns precompiled headers: standard headers read once per distinct set of arguments, and included first into every C++ unit. */
import { join } from "node:path";

import type { CompileStep, PrecompileStep, WrittenFile } from "./graph.js";

/** What becomes of a flavor's compiles when some standard headers are precompiled. */
export interface Precompiled {
  readonly compiles: readonly CompileStep[];
  readonly precompiles: readonly PrecompileStep[];
  readonly files: readonly WrittenFile[];
}

/**
 * Gives every C++ step the precompiled header of its arguments: a precompiled header serves only those who compile
 * with the same flags. With a launcher the header is included as text, as ccache and distcc cannot use compiled ones.
 *
 * @param headers names as between `#include <` and `>`
 */
export function precompile(compiles: readonly CompileStep[], headers: readonly string[], folder: string, launched: boolean): Precompiled {
  if (headers.length === 0) return { compiles, precompiles: [], files: [] };
  const text = headers.map((header) => `#include <${header}>\n`).join("");
  const plain = join(folder, "standard.h");
  const variants = new Map<string, PrecompileStep>();
  const steps = compiles.map((step) => {
    if (step.language !== "cxx") return step;
    const { header, output } = variantOf(step, variants, folder);
    const included = { ...step, databaseArguments: ["-include", plain, ...step.arguments] };
    if (launched) return { ...included, arguments: ["-include", plain, ...step.arguments] };
    return { ...included, arguments: ["-include", header, ...step.arguments], precompiled: output };
  });
  const precompiles = launched ? [] : [...variants.values()];
  return { compiles: steps, precompiles, files: [plain, ...precompiles.map((step) => step.header)].map((path) => ({ path, text })) };
}

function variantOf(step: CompileStep, variants: Map<string, PrecompileStep>, folder: string): PrecompileStep {
  const key = step.arguments.join("\0");
  const known = variants.get(key);
  if (known !== undefined) return known;
  const header = join(folder, `standard-${variants.size}.h`);
  const variant = { header, output: `${header}.gch`, arguments: step.arguments };
  variants.set(key, variant);
  return variant;
}
