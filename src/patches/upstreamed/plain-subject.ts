/** Owns subjects without what downstreams and reviews put around them, so that the same change is known again. */

/** `[nrf fromtree]`, `[M114]`, `(stable)`. */
const BRACKETS = /^\[[^\]]*\]\s*|^\([^)]*\)\s*/;

/** Words that say where a patch comes from; a colon or dash follows. */
const ORIGIN =
  /^(?:upstream|backport(?:ed)?|fromlist|fromgit|fromtree|from-list|from-tree|downstream|vendor|patch|cherry-?pick(?:ed)?|merged?|fixup!?|squash!?|amend!?)\s*(?::|!|\s-\s)\s*/i;

/** ` (#1234)`, as hosts put it behind. */
const NUMBER = /\s*\((?:#|!|gh-)\d+\)$/;

/** The subject in small letters, without tags before, numbers behind and white space around. */
export function plainSubject(subject: string): string {
  let text = subject.trim();
  for (let before = ""; before !== text;) {
    before = text;
    text = text.replace(BRACKETS, "").replace(ORIGIN, "").replace(NUMBER, "").trim();
  }
  return text.replaceAll(/\s+/g, " ").replace(/\.$/, "").toLowerCase();
}
