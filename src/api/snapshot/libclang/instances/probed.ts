/** Owns what the readers of the second unit have at hand. */
import type { AstCursor, AstDiagnostic, AstUnit } from "../../../../toolchain/libclang/ast.js";
import type { Reader } from "../reader.js";
import type { ProbeUnit } from "./probe-text.js";

/** What the second unit says, as both readers of it need it. */
export interface Probed {
  readonly reader: Reader;
  readonly unit: AstUnit;
  /** What stands at its outermost level, by name. */
  readonly top: ReadonlyMap<string, AstCursor>;
  readonly probe: ProbeUnit;
  readonly path: string;
  /** Errors of instances that were instantiated in a unit of their own, by what they are of. */
  readonly alone: ReadonlyMap<string, readonly AstDiagnostic[]>;
}
