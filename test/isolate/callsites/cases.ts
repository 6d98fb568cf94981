/** Owns the cases of call sites: one source each, with what is expected of it in the comments at its top. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { compatText } from "../../../src/isolate/compat/compat-text.js";
import type { ImportKind } from "../../../src/isolate/callsites/finding.js";

const ROOT = fileURLToPath(new URL("../../fixtures/callsites/", import.meta.url));

export const LIBRARY = join(ROOT, "library");

export interface CallsiteCase {
  readonly name: string;
  readonly source: string;
  /** `construct line:column`, in the order of the report. */
  readonly expected: Readonly<Record<ImportKind, readonly string[]>>;
  readonly flags: readonly string[];
  /** Whether the source compiles with the library as released. */
  readonly original: boolean;
}

/** All sources of `cases/`: `// using:`, `// alias:`, `// flags:` and `// original: fails` say what is expected. */
export function callsiteCases(): CallsiteCase[] {
  return readdirSync(join(ROOT, "cases")).map((file) => {
    const source = readFileSync(join(ROOT, "cases", file), "utf8");
    const said = (key: string): string[] => {
      const text = new RegExp(`^// ${key}: (.*)$`, "m").exec(source)?.[1] ?? "none";
      return text === "none" ? [] : text.split(/, */);
    };
    return {
      name: file.replace(/\.cc$/, ""),
      source,
      expected: { using: said("using"), alias: said("alias") },
      flags: said("flags").flatMap((flags) => flags.split(" ")),
      original: said("original").length === 0,
    };
  });
}

/** The compatibility header of each kind, as `unfork isolate compat` writes it. */
export const COMPATIBILITY: Readonly<Record<ImportKind, string>> = {
  using: compatText("legacy", [{ old: "meter", new: "meter_legacy" }], "using"),
  alias: compatText("legacy", [{ old: "meter", new: "meter_legacy" }], "alias"),
};
