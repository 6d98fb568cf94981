/** Owns the few lines that tell what a snapshot holds. */
import type { ApiDeclaration, ApiSnapshot } from "../../../model/api-snapshot.js";
import { plural } from "../../../report/figures.js";

const KINDS: readonly (readonly [ApiDeclaration["kind"], string, string])[] = [
  ["class", "class", "classes"],
  ["enum", "enumeration", "enumerations"],
  ["function", "function", "functions"],
  ["typedef", "typedef", "typedefs"],
  ["variable", "variable", "variables"],
];

export function snapshotSummary(snapshot: ApiSnapshot, out: string): string {
  const counts = KINDS.map(([kind, one, many]) => {
    const count = snapshot.declarations.filter((declaration) => declaration.kind === kind).length;
    return `${count} ${count === 1 ? one : many}`;
  });
  const errors = snapshot.diagnostics.filter(({ severity }) => severity === "error").length;
  return [
    `${out}: ${plural(snapshot.files.length, "header")}, ${counts.join(", ")}, ${plural(snapshot.macros.length, "macro")}`,
    `  read by ${snapshot.engine.name} (${snapshot.engine.version}) for ${snapshot.target}`,
    ...snapshot.diagnostics.filter(({ severity, place }) => severity === "warning" && place === null).map(({ text }) => `  ${text}`),
    ...(errors > 0
      ? [`  ${errors === 1 ? "1 error is" : `${errors} errors are`} recorded in it: what they hide is not in the snapshot`]
      : []),
  ].join("\n");
}
