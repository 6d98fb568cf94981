/** Owns the table of signs by single commits. */
import { byPatchId } from "./by-patch-id.js";
import { bySubject } from "./by-subject.js";
import { byTrailer } from "./by-trailer.js";
import type { Finder } from "./signal.js";

/** The surest first: its sentence comes first, too. */
export const FINDERS: readonly Finder[] = [byPatchId, byTrailer, bySubject];
