/** Owns which lines of a second unit do not compile, and which bodies of templates are to blame. */
import type { AstDiagnostic, AstPlace } from "../../../../toolchain/libclang/ast.js";
import type { AstCursor } from "../../../../toolchain/libclang/ast.js";
import type { Reader } from "../reader.js";
import type { Probed } from "./read-instances.js";

/** Errors that a line of the unit led to. `what` is the unit's word for the line. */
export function errorsOf({ unit, probe, path }: Probed, what: string): AstDiagnostic[] {
  return unit.diagnostics.filter(
    ({ severity, place, notes }) =>
      severity === "error" && [place, ...notes].some((one) => one.file === path && probe.lines.get(one.line) === what),
  );
}

/** Of an instantiated function the body of its template: where an error in it lies. Undefined where no header has one. */
export function bodyOf({ ast }: Reader, cursor: AstCursor): { readonly start: AstPlace; readonly end: AstPlace } | undefined {
  const pattern = ast.lib.specialized(cursor) as AstCursor;
  const definition = ast.lib.definition(ast.lib.type(pattern).kind === 0 ? cursor : pattern) as AstCursor;
  if (ast.lib.type(definition).kind === 0) return undefined;
  return { start: ast.place(ast.start(definition)), end: ast.place(ast.end(definition)) };
}

export function liesIn(place: AstPlace, range: { readonly start: AstPlace; readonly end: AstPlace } | undefined): boolean {
  return range !== undefined && place.file === range.start.file && place.offset >= range.start.offset && place.offset <= range.end.offset;
}
