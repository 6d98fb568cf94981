/** Owns where the walk over a file puts what it finds. */
import type { Introduced, OpenSurvey, ScopeMacrosById } from "./survey-model.js";

/** Where the walk puts what it finds; without `namespaced` it passes over what C++ names mangle anyway. */
export interface Sink {
  readonly survey: OpenSurvey;
  readonly namespaced: Introduced[] | undefined;
  readonly macros: ScopeMacrosById;
  readonly isNested?: boolean | undefined;
  /** The file's. */
  readonly name?: string | undefined;
  /** Takes the declarations outside of all namespaces that have a call of such a macro. */
  readonly calls?: { readonly roots: ReadonlySet<number>; readonly found: CalledStatement[] };
}

/** A declaration in which macros are called, spelled out; a braced part is `{ }`. */
export interface CalledStatement {
  readonly texts: readonly string[];
  /** Byte offset of its first token. */
  readonly offset: number;
}
