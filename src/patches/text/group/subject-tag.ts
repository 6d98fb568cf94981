/** Owns the tags that subjects carry. */

/** Kinds of change, not parts of a tree. */
const KINDS = /^(?:build|chore|ci|docs?|feat|feature|fix|hack|hotfix|perf|refactor|revert|style|test|tests|wip|todo|note)$/i;

/** The tag of a subject (`audio`, `bug 12`), or undefined. A revert has the tag of what it takes back. */
export function subjectTag(subject: string): string | undefined {
  const text = /^Revert "(.*)"/.exec(subject)?.[1] ?? subject.replace(/^(?:fixup|squash|amend)! /, "");
  const bug = /^(?:Bug|Issue|BUG)[ :#-]*(\d+)\b/i.exec(text)?.[1] ?? /^\[(?:Bug|Issue)[ #]*(\d+)\]/i.exec(text)?.[1];
  if (bug !== undefined) return `bug ${bug}`;
  const bracket = /^\[([^\][]{1,40})\]\s*\S/.exec(text)?.[1];
  if (bracket !== undefined && !/^\d+\/\d+$|\bPATCH\b/.test(bracket)) return bracket;
  const [, word = "", scope] = /^([A-Za-z][\w./+-]{0,60})(?:\(([^()]{1,40})\))?!?:\s+\S/.exec(text) ?? [];
  if (scope !== undefined) return scope;
  return word === "" || KINDS.test(word) ? undefined : word.replace(/\.(?:c|cc|cpp|cxx|h|hh|hpp|gn|gni|py|txt|cmake)$/, "");
}
