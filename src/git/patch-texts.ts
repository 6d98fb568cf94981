/** Owns the differences of many commits against their first parents, as text: one `git diff-tree --stdin` for all. */
import type { ByteString } from "./bytes.js";
import { type Repository, gitOk } from "./git.js";

/**
 * The unified diff of each commit, with three lines of context, moved files as a removal and an addition, and without the
 * contents of binary files unless `binary` asks for them. Commits that change nothing have an empty text.
 */
export async function patchTexts(
  repository: Repository,
  commits: readonly string[],
  { binary = false }: { readonly binary?: boolean } = {},
): Promise<Map<string, ByteString>> {
  if (commits.length === 0) return new Map();
  const args = [
    "diff-tree",
    "--stdin",
    "--root",
    "-r",
    "-p",
    "--full-index",
    "--no-renames",
    "--no-ext-diff",
    "--no-textconv",
    "--no-color",
    "--always",
    ...(binary ? ["--binary"] : []),
  ];
  const output = (await gitOk(repository, args, { input: commits.map((commit) => `${commit}\n`).join("") })).toString("latin1");
  return split(output, commits);
}

/** Each text follows a line with the commit's id, in the order asked for; no line of a diff looks like one. */
function split(output: ByteString, commits: readonly string[]): Map<string, ByteString> {
  const texts = new Map<string, ByteString>();
  let at = output.length;
  for (const commit of commits.toReversed()) {
    const start = output.lastIndexOf(`${commit}\n`, at - 1);
    texts.set(commit, output.slice(start + commit.length + 1, at));
    at = start;
  }
  return texts;
}
