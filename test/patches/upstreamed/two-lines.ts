/** Owns small histories of upstream's and of a stack's for tests: each commit with its message and the files it changes. */
import { type FileTexts, type StackRepository, stackRepository } from "../stack/stack-repository.js";

/** Path to its new content; null removes it. What is not named stays. */
export interface Step {
  readonly message: string;
  readonly files: Readonly<Record<string, string | null>>;
}

/** A step whose message depends on the ids of those before: `(ids) => …`. */
export type Steps = readonly (Step | ((ids: History) => Step))[];

export interface History {
  readonly upstream: readonly string[];
  readonly stack: readonly string[];
}

export interface TwoLines extends StackRepository, History {}

export const LINES = Array.from({ length: 30 }, (_, at) => `the line number ${at}`);

/** The lines, some of them changed (null: left out). */
export function text(change: Readonly<Record<number, string | null>> = {}): string {
  return LINES.flatMap((line, at) => (change[at] === null ? [] : [`${change[at] ?? line}\n`])).join("");
}

/** Branches `old`, `new` (upstream's last step, or `newAt`), `head` (upstream's last step) and `tip`. */
export function twoLines(parts: { old: FileTexts; upstream: Steps; stack: Steps; stackFirst?: boolean; newAt?: number }): TwoLines {
  const repository = stackRepository({ old: parts.old, new: parts.old, stack: [] });
  const { git, commit } = repository;
  const old = git("rev-parse", "old").trim();
  const made: { upstream: string[]; stack: string[] } = { upstream: [], stack: [] };
  const write = (line: "upstream" | "stack") => {
    let files = parts.old;
    for (const step of parts[line]) {
      const { message, files: changed } = typeof step === "function" ? step(made) : step;
      const next = Object.entries({ ...files, ...changed }).filter((entry): entry is [string, string] => entry[1] !== null);
      files = Object.fromEntries(next);
      // So that the same change is another commit.
      const who = line === "stack" ? "\n\nSigned-off-by: Us <us@example.org>" : "";
      made[line].push(commit(files, made[line].at(-1) ?? old, `${message}${who}`));
    }
  };
  for (const line of parts.stackFirst === true ? (["stack", "upstream"] as const) : (["upstream", "stack"] as const)) write(line);
  git("update-ref", "refs/heads/head", made.upstream.at(-1) ?? old);
  git("update-ref", "refs/heads/new", made.upstream[(parts.newAt ?? made.upstream.length) - 1] ?? old);
  git("update-ref", "refs/heads/tip", made.stack.at(-1) ?? old);
  return { ...repository, ...made };
}
