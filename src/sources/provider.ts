/** Owns the one interface behind which git, archive, Debian and folder sources stand. */
import type { ReleaseDay, Source } from "../model/source.js";
import type { WrittenTree } from "./tree-writer.js";

/** What every provider is told. */
export interface ProviderContext {
  /** The release's label, for progress lines. */
  readonly release: string;
  readonly keep: readonly string[];
  /** Where relative paths of the configuration begin. */
  readonly baseFolder: string;
  readonly cache: string;
}

/** One exact thing that can be fetched. */
export interface Located {
  /** As in FetchedTree: what exactly is taken. */
  readonly origin: string;
  readonly checksum: string;
  /** All that decides the tree's content, except `keep`. */
  readonly identity: string;
  /** Writes the tree to `target`, which does not exist; `work` is an empty folder for parts. */
  readonly fill: (target: string, work: string) => Promise<WrittenTree>;
  /** The day that this source tells of it, asked only after it came. */
  readonly day?: () => Promise<ReleaseDay | undefined>;
}

export interface Provider<S extends Source> {
  readonly describe: (source: S) => string;
  /** What can be had, best first; each may still fail to come. */
  readonly locate: (source: S, context: ProviderContext) => Promise<readonly Located[]>;
}
