/** Owns what each commit of a long history changes against its first parent: `git diff-tree --stdin`, read as it comes. */
import type { ByteString } from "../../../git/bytes.js";
import { gitFailure } from "../../../git/errors.js";
import { type Repository, gitCommand } from "../../../git/git.js";
import { start } from "../../../support/exec.js";

/** One path that a commit changes; an id of null is a side that has no such file. */
export type OnChange = (commit: string, path: ByteString, before: string | null, after: string | null) => void;

export interface CommitAndParent {
  readonly id: string;
  readonly parents: readonly string[];
}

const COLON = 0x3a;
const SIDE = 40;
/** `:100644 100644 <40> <40> M`, then NUL and the path; the status of an unmerged or type-changed path is one letter too. */
const OLD_AT = 15;
const NEW_AT = OLD_AT + SIDE + 1;
const HEAD = NEW_AT + SIDE + 2;
const NOTHING = "0".repeat(SIDE);

/** Calls `onChange` for every path of every commit. `done` hears of each commit that was read. */
export async function commitChanges(
  repository: Repository,
  commits: readonly CommitAndParent[],
  onChange: OnChange,
  done: () => void = () => undefined,
): Promise<void> {
  if (commits.length === 0) return;
  const args = ["diff-tree", "--stdin", "--root", "-r", "-z", "--raw", "--full-index", "--no-renames", "--always"];
  const command = gitCommand(repository, args);
  const child = start(command);
  let rest: Buffer = Buffer.alloc(0);
  let commit = "";
  child.stdout.on("data", (chunk: Buffer) => {
    rest = take(rest.length === 0 ? chunk : Buffer.concat([rest, chunk]));
  });
  child.stdin.end(commits.map(({ id, parents: [parent] }) => (parent === undefined ? `${id}\n` : `${id} ${parent}\n`)).join(""));
  const end = await child.done;
  if (end.code !== 0) throw gitFailure(command, { ...end, stderr: child.stderr() });

  /** Takes whole records and gives back what is left. */
  function take(bytes: Buffer): Buffer {
    let at = 0;
    while (at < bytes.length) {
      if (bytes[at] !== COLON) {
        const stop = at + SIDE;
        if (stop >= bytes.length) break;
        commit = bytes.toString("latin1", at, stop);
        at = stop + 1;
        done();
        continue;
      }
      const from = at + HEAD + 1;
      const stop = from > bytes.length ? -1 : bytes.indexOf(0, from);
      if (stop < 0) break;
      const before = bytes.toString("latin1", at + OLD_AT, at + OLD_AT + SIDE);
      const after = bytes.toString("latin1", at + NEW_AT, at + NEW_AT + SIDE);
      onChange(commit, bytes.toString("latin1", from, stop), before === NOTHING ? null : before, after === NOTHING ? null : after);
      at = stop + 1;
    }
    return bytes.subarray(at);
  }
}
