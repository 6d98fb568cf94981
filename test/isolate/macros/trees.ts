/** Owns little trees of two flavors for the tests of the header report. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { compareHeaders } from "../../../src/isolate/macros/compare-headers.js";
import type { UnitRequest } from "../../../src/isolate/macros/write-unit.js";
import type { HeadersReport, SharedMacro } from "../../../src/model/isolation-headers.js";
import { temporaryFolder } from "../../helpers/temp.js";

export type Files = Readonly<Record<string, string>>;

/** Writes files below a folder; gives the folder. */
export function writeTree(files: Files, root = temporaryFolder()): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

/** The report on two trees, flavors `old` and `new`. */
export async function compared(
  old: Files,
  fresh: Files,
  more: { headers?: string[]; includeRoots?: string[]; unit?: UnitRequest } = {},
): Promise<HeadersReport> {
  return compareHeaders({
    flavors: [
      { name: "old", path: writeTree(old) },
      { name: "new", path: writeTree(fresh) },
    ],
    headers: more.headers ?? [],
    includeRoots: more.includeRoots ?? [],
    unit: more.unit,
  });
}

/** The macro of that name in a report. */
export function macroOf({ macros }: HeadersReport, name: string): SharedMacro {
  const found = macros.find((macro) => macro.name === name);
  if (found === undefined) throw new Error(`the report has no macro ${name}`);
  return found;
}
