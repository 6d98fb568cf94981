/** Owns the names of what git can refuse: its last words in, a code, a sentence and a way out. */
import { UnforkError, type ErrorCode } from "../support/errors.js";
import { type Command, type CommandResult, failure } from "../support/exec.js";

export type GitErrorCode =
  | "not-a-repository"
  | "missing-object"
  | "not-fetched"
  | "unreadable"
  | "corrupt-object"
  | "ref-changed"
  | "ref-locked"
  | "ref-name-clash"
  | "bad-ref-name"
  | "disk-full"
  | "too-old"
  | "unknown";

interface NamedGitError {
  readonly git: GitErrorCode;
  readonly pattern: RegExp;
  readonly code: ErrorCode;
  readonly hint: string;
}

/** First match counts: narrower words stand before wider ones. */
const NAMED: readonly NamedGitError[] = [
  { git: "disk-full", pattern: /No space left on device|Disk quota exceeded/, code: "disk", hint: "free some space and start again" },
  {
    git: "ref-locked",
    pattern: /Unable to create '.*\.lock': File exists|prepare: cannot lock references/,
    code: "locked",
    hint: "another git process works on this repository; wait until it has ended, or remove the named .lock file when none runs",
  },
  {
    git: "ref-changed",
    pattern: /cannot lock ref .*: (is at [0-9a-f]+ but expected|reference already exists|unable to resolve reference)/,
    code: "state-invalid",
    hint: "somebody changed this ref meanwhile; nothing was written: start again",
  },
  {
    git: "ref-name-clash",
    pattern: /cannot lock ref .*: '.*' exists; cannot create|cannot process '.*' and '.*' at the same time/,
    code: "config-invalid",
    hint: "one ref name lies below another: rename the feature or the release",
  },
  {
    git: "bad-ref-name",
    pattern: /invalid ref format|is not a valid (ref|branch) name/,
    code: "config-invalid",
    hint: "use letters, digits, '.', '_' and '-' in names of features and releases",
  },
  {
    git: "not-a-repository",
    pattern: /not a git repository/i,
    code: "state-invalid",
    hint: "the folder is not a git repository: remove it, it is made again",
  },
  {
    git: "not-fetched",
    pattern: /from promisor remote|could not fetch [0-9a-f]{40,}/,
    code: "network",
    hint: "the repository is a partial clone, and its remote does not answer",
  },
  {
    git: "unreadable",
    pattern: /bad config|unknown repository extension|Expected git repo version|dubious ownership/,
    code: "input-invalid",
    hint: "git cannot work on this repository: correct what it names",
  },
  {
    git: "corrupt-object",
    pattern:
      /(packed object .* is corrupt|file .* is far too short to be a packfile|packfile .* (?:cannot be accessed|index unavailable)|index file .* is too small|loose object .* is corrupt|object file .* is empty|inflate: data stream error|hash mismatch|garbage at end of loose object|unable to stream)/,
    code: "state-invalid",
    hint: "the repository is damaged: remove it, it is made again from the fetched releases and the features",
  },
  {
    git: "missing-object",
    pattern:
      /(bad object|unable to read tree|not a valid object name|not something we can merge|missing blob object|could not parse commit|could not read [0-9a-f]{40}|unable to read [0-9a-f]{40}|revision walk setup failed|failed to (?:traverse parents|read object|find object)|does not exist)/i,
    code: "state-invalid",
    hint: "an object is missing in the repository: remove it, it is made again from the fetched releases and the features",
  },
  {
    git: "too-old",
    pattern: /unknown option|usage: git merge-tree/,
    code: "tool-missing",
    hint: "git 2.38 or newer is needed",
  },
];

/** The name of what git said on stderr. */
export function gitErrorCodeOf(stderr: string): GitErrorCode {
  return NAMED.find((named) => named.pattern.test(stderr))?.git ?? "unknown";
}

/** The error of a git call that ended badly; `context.git` holds the `GitErrorCode`. */
export function gitFailure(command: Command, result: Pick<CommandResult, "code" | "signal" | "stderr">): UnforkError {
  const plain = failure(command, result);
  const named = NAMED.find((each) => each.pattern.test(result.stderr));
  return new UnforkError(named?.code ?? plain.code, plain.message, {
    context: { ...plain.context, git: named?.git ?? "unknown" },
    ...(named === undefined ? {} : { hint: named.hint }),
  });
}
