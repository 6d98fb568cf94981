/** Owns the fates of a patch, by themselves: a command that only counts them needs no schema. */

/**
 * `clean` (a plain apply would do), `auto` (merged where a plain apply fails: moved file, three-way, checked recorded
 * resolution), `empty` (nothing is left of it and upstream is not known to have it), `upstreamed` (upstream has it: dropped
 * with evidence), `conflict`, `cascade` (fails only because of an earlier one).
 */
export const PATCH_STATUSES = ["clean", "auto", "empty", "upstreamed", "conflict", "cascade"] as const;
export type PatchStatus = (typeof PATCH_STATUSES)[number];
