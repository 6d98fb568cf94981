/** Owns which openings of a namespace must move although nothing in them fails: those whose names are seen from one that moves. */
import type { FoundInFile } from "./describe.js";
import type { TextEdit } from "./finding.js";

/** An outermost opening of a library's namespace in the application. */
export interface MovedBlock {
  readonly file: string;
  readonly offset: number;
  readonly root: string;
  readonly edit: TextEdit;
  /** A finding in it is mended by moving it. */
  readonly moved: boolean;
  /** It declares or uses a name that the application itself put into the namespace. */
  readonly hasOwn: boolean;
}

/**
 * When an opening moves that has to do with the application's own names, all openings of that namespace which have, move:
 * from inside the flavor's namespace the old one's names are not seen.
 */
export function movesAlong(blocks: readonly MovedBlock[]): FoundInFile[] {
  const roots = new Set(blocks.filter((block) => block.moved && block.hasOwn).map(({ root }) => root));
  return blocks
    .filter((block) => !block.moved && block.hasOwn && roots.has(block.root))
    .map(({ file, offset, root, edit }) => ({ file, offset, construct: "moves-along", name: root, detail: root, edit }));
}
