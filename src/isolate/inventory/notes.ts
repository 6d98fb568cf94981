/** Owns the small steps that readers of declarations share: noting a place, counting a definition for its namespace. */
import { FLAG, type FileState } from "./file-state.js";
import type { Reader } from "./reader.js";
import { addSite } from "./sites.js";

/** In an `extern "C"` block, in a file of C, or with the words before it. */
export function isLinkedC(state: FileState): boolean {
  return state.linkageC || ((state.flags & FLAG.extern) !== 0 && state.lastString >= 0);
}

/** A definition in the outermost namespace around; specialisations belong to their template. */
export function countDefinition({ defines }: Reader, state: FileState): void {
  if (state.context < 0 || (state.flags & FLAG.special) !== 0) return;
  defines.set(state.context, (defines.get(state.context) ?? 0) + 1);
}

/** Notes the word at token `at`. */
export function noteAt({ stream, sites }: Reader, state: FileState, kind: number, at: number): void {
  addSite(sites, kind, stream.starts[at] as number, stream.ends[at] as number, stream.values[at] as number, state.context);
}
