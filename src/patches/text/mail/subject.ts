/** Owns the subject of a mailed patch without what mail put before it. */

/**
 * Leaves out `Re:` and one bracket that says PATCH or a number out of many; tags such as `[audio]` stay.
 *
 * @param kept the subject was written without a tag of mail: only PATCH is one then
 */
export function withoutPatchTag(subject: string, kept = false): string {
  if (kept) return subject.replace(/^\s*\[[^\]]*\bPATCH\b[^\]]*\][ \t]*/, "").trim();
  return subject.replace(/^\s*(?:re:\s*)*(?:\[[^\]]*\bPATCH\b[^\]]*\]|\[[^\]]*\b\d+\/\d+\])[ \t]*/i, "").trim();
}

/** A cover letter's number: 0 of so many. */
export function isCoverLetter(subject: string): boolean {
  return /^\s*\[[^\]]*\b0+\/\d+\]/.test(subject);
}
