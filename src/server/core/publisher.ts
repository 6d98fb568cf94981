/** Owns the seed that is served now, ready for every kind of reader, and who is told of the next. */
import type { BasePayload, HaltPayload, SeedDocument } from "../../model/seed.js";
import { type PreparedSeed, prepareSeed } from "../../experiment/assignment/assign.js";
import { openDocument, seedEtag, seedText } from "../../experiment/assignment/sign-seed.js";

/** A seed document as it is served. */
export interface ServedSeed {
  readonly document: SeedDocument;
  readonly base: BasePayload;
  readonly halt: HaltPayload | undefined;
  /** SHA-256 of the base's payload. */
  readonly baseDigest: string;
  /** Of the halt, else of the base. */
  readonly version: number;
  readonly text: Buffer;
  readonly etag: string;
  readonly prepared: PreparedSeed;
}

/** Holds the newest seed. A lower version never takes its place. */
export interface Publisher {
  current(): ServedSeed | undefined;
  /** Serves a document from now on and tells all listeners, unless what is served is as new. */
  publish(document: SeedDocument): ServedSeed;
  /** Calls back with each new seed until the returned function is called. */
  subscribe(listener: (seed: ServedSeed) => void): () => void;
}

export function createPublisher(): Publisher {
  const listeners = new Set<(seed: ServedSeed) => void>();
  let current: ServedSeed | undefined;
  return {
    current: () => current,
    publish(document) {
      const seed = serve(document);
      if (current !== undefined && seed.version <= current.version) return current;
      current = seed;
      for (const listener of listeners) listener(seed);
      return seed;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function serve(document: SeedDocument): ServedSeed {
  const { base, halt } = openDocument(document);
  const text = seedText(document);
  return {
    document,
    base: base.payload,
    halt: halt?.payload,
    baseDigest: base.digest,
    version: halt?.payload.version ?? base.payload.version,
    text: Buffer.from(text),
    etag: seedEtag(text),
    prepared: prepareSeed(base.payload, halt?.payload),
  };
}
