/** Owns what passes between taking a snapshot and the process that reads the headers. */
import type { ApiNameMap } from "../../model/api-name-map.js";
import type { ApiSnapshot } from "../../model/api-snapshot.js";

/** A folder whose headers are the API, or a single header. */
export interface SnapshotRoot {
  /** Absolute, as the compiler will open it. */
  readonly path: string;
  readonly isFile: boolean;
}

/** What to read, with every path resolved. */
export interface SnapshotQuestion {
  /** Path of libclang, or of the clang whose AST is read as JSON. */
  readonly tool: string;
  readonly directory: string;
  /** Arguments of the parse without a source. */
  readonly arguments: readonly string[];
  readonly language: "c" | "c++";
  readonly standard: string;
  readonly roots: readonly SnapshotRoot[];
  /** Headers in their order: by the path to open, and by the name that an `#include` gives them. */
  readonly headers: readonly { readonly path: string; readonly name: string }[];
  readonly instances: AskedInstances;
}

/** Instances of templates that are to be in the snapshot though no declaration uses them. */
export interface AskedInstances {
  /** `webrtc::ChannelBuffer<float>`, `webrtc::TimeDelta::Millis<int64_t>`: as the headers spell them, or in common names. */
  readonly texts: readonly string[];
  /** Flavors whose suffixes the headers' names may bear. */
  readonly flavors: readonly string[];
  readonly map: ApiNameMap;
}

export type SnapshotAnswer =
  | { readonly status: "read"; readonly snapshot: ApiSnapshot }
  /** The parser gave up without a word. */
  | { readonly status: "failed"; readonly reason: string };
