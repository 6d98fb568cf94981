/**
 * Owns the digests of an object's definitions: made by the module that is compiled ahead where it reads such objects, else, and
 * where it meets something odd, as body-digest.ts says. Both give the same.
 */
import { plainDigest, plainReader } from "./body-digest.js";
import type { BodyReader as PlainReader } from "./body-reader.js";
import type { ObjectFile } from "./model.js";
import { type NativeBodies, openNative } from "./native-bodies.js";

export interface BodyReader {
  readonly object: ObjectFile;
  /** Undefined for objects that the module does not read, or not to their end. */
  native: NativeBodies | undefined;
  plain: PlainReader | undefined;
}

/** What the digests of an object's definitions are made with. */
export function bodyReader(object: ObjectFile): BodyReader {
  return { object, native: openNative(object), plain: undefined };
}

/** 128 bits, as eight characters, over the body of the definition with this index in the symbol table. */
export function bodyDigest(reader: BodyReader, index: number): string {
  const digest = reader.native?.(index);
  if (digest !== undefined) return digest;
  reader.native = undefined;
  return plainDigest((reader.plain ??= plainReader(reader.object)), index);
}
