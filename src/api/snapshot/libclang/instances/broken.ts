/** Owns which lines of a second unit do not compile, and which bodies of templates are to blame. */
import type { AstDiagnostic, AstPlace } from "../../../../toolchain/libclang/ast.js";
import type { AstCursor } from "../../../../toolchain/libclang/ast.js";
import type { Reader } from "../reader.js";
import { type ClassProbe, PROBE } from "./probe-text.js";
import type { Probed } from "./probed.js";

export interface Range {
  readonly start: AstPlace;
  readonly end: AstPlace;
}

/** Errors that a line of the unit led to. `what` is the unit's word for the line. */
export function errorsOf({ unit, probe, path, alone }: Probed, what: string): AstDiagnostic[] {
  const own = unit.diagnostics.filter(
    ({ severity, place, notes }) =>
      severity === "error" && [place, ...notes].some((one) => one.file === path && probe.lines.get(one.line) === what),
  );
  return [...own, ...(alone.get(what) ?? [])];
}

/** Errors that name no line of the unit: what a body uses is instantiated behind everything else. */
export function strayErrors({ unit, probe, path }: Omit<Probed, "alone">): AstDiagnostic[] {
  return unit.diagnostics.filter(
    ({ severity, place, notes }) =>
      severity === "error" && ![place, ...notes].some((one) => one.file === path && probe.lines.has(one.line)),
  );
}

/** Where the bodies lie that an instance of the class template has. */
export function bodiesOf({ reader, top }: Omit<Probed, "alone">, { index, arguments: given }: ClassProbe): Range[] {
  const { ast } = reader;
  const typedef = top.get(PROBE.type(index, given.length));
  if (typedef === undefined) return [];
  const cursor = ast.lib.typeDeclaration(ast.lib.canonical(ast.lib.typedefTarget(typedef))) as AstCursor;
  return ast.children(ast.lib.specialized(cursor) as AstCursor).flatMap((child) => bodyOf(reader, child) ?? []);
}

/** Of an instantiated function the body of its template: where an error in it lies. Undefined where no header has one. */
export function bodyOf({ ast }: Reader, cursor: AstCursor): Range | undefined {
  const pattern = ast.lib.specialized(cursor) as AstCursor;
  const definition = ast.lib.definition(ast.lib.type(pattern).kind === 0 ? cursor : pattern) as AstCursor;
  if (ast.lib.type(definition).kind === 0) return undefined;
  return { start: ast.place(ast.start(definition)), end: ast.place(ast.end(definition)) };
}

export function liesIn(place: AstPlace, range: Range | undefined): boolean {
  return range !== undefined && place.file === range.start.file && place.offset >= range.start.offset && place.offset <= range.end.offset;
}
