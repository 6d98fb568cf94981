/** Owns the files of a fork: path, mode, id, content on demand, wherever they lie. */
import type { ByteString } from "../../git/bytes.js";

export interface ForkFile {
  /** Relative to the fork. */
  readonly path: ByteString;
  /** As git has it: `100644`, `100755`, `120000`. */
  readonly mode: string;
  readonly id: string;
}

/** The files of a fork, in byte order, and how they are read. */
export interface ForkFiles {
  readonly files: readonly ForkFile[];
  readonly read: (file: ForkFile) => Promise<Buffer>;
  /** Folders and files that are no part of a tree: sockets, nested repositories … */
  readonly passedOver: readonly string[];
}
