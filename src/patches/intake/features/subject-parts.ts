/** Owns what a commit's subject says before its words: `fixup!`, `Revert "…"`, `[tag]`, `UPSTREAM:`, `area: sub-area: …`. */

export interface SubjectParts {
  /** `nrf noup`, `UPSTREAM`, … in the order of the subject. */
  readonly tags: readonly string[];
  /** `boot`, `zephyr` of `boot: zephyr: fix the size`. */
  readonly areas: readonly string[];
  readonly rest: string;
}

const BRACKET = /^\s*\[([^\]]{1,60})\]\s*/;
/** As kernels mark what they took from elsewhere: `BACKPORT: `, `FROMGIT: `. */
const CAPITALS = /^([A-Z][A-Z0-9-]{2,20}):\s+/;
const AREA = /^([\w.+/@-]{1,40}(?:[ ,&]+[\w.+/@-]{1,24}){0,2}):\s+/;
const NUMBERING = /^(?:RFC\s+)?PATCH\b|^\d+\/\d+$|^v\d+$/i;

export function subjectParts(subject: string): SubjectParts {
  let rest = subject.replace(/^(?:(?:fixup|squash|amend)! )+/, "");
  const tags: string[] = [];
  for (let match = BRACKET.exec(rest) ?? CAPITALS.exec(rest); match !== null; match = BRACKET.exec(rest) ?? CAPITALS.exec(rest)) {
    if (!NUMBERING.test(match[1] ?? "")) tags.push((match[1] ?? "").trim());
    rest = rest.slice(match[0].length);
  }
  const areas: string[] = [];
  for (let match = AREA.exec(rest); match !== null && areas.length < 3; match = AREA.exec(rest)) {
    areas.push((match[1] ?? "").trim());
    rest = rest.slice(match[0].length);
  }
  return { tags, areas, rest: rest.trim() };
}

/** The subject that a `fixup!`, `squash!` or `amend!` is meant for. */
export function fixedSubject(subject: string): string | undefined {
  return /^(?:fixup|squash|amend)! (.+)$/.exec(subject)?.[1];
}

/** What a revert undoes: the subject that it quotes, and the commit that its message names. */
export function revertedBy(subject: string, message: string): { subject: string; commit: string | undefined } | undefined {
  const quoted = /^(?:\[[^\]]*\]\s*|[A-Z]{3,}:\s*)*Revert "(.+)"\.?$/.exec(subject)?.[1];
  if (quoted === undefined) return undefined;
  return { subject: quoted, commit: /\bThis reverts commit ([0-9a-f]{7,40})\b/.exec(message)?.[1] };
}
