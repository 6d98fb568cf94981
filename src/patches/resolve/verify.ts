/**
 * Owns the build and tests of what was settled: commands in a checkout of it, each in a process group of its own with a limit of
 * time. What they wrote is kept where one failed.
 */
import { mkdir, rm } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";

import { fillCommand } from "../../build/commands/placeholders.js";
import { type Repository, gitCommand, withoutGit } from "../../git/git.js";
import { type CommandResult, run, runOk } from "../../support/exec.js";
import { writeFileAtomic } from "../../support/fs.js";
import { shellLine } from "../../support/shell-line.js";
import { removeTemporary, temporaryNamed } from "../../support/temporary-folders.js";
import { requireTools } from "../../toolchain/find-tool.js";

export interface Verify {
  /** The command lines, with their placeholders filled in. */
  readonly lines: (values: VerifyValues) => readonly (readonly string[])[];
  /** Milliseconds for each of them. */
  readonly timeoutMs: number;
}

/** What the placeholders `{tree}`, … stand for; the commands find the same as `UNFORK_TREE`, … in their environment. */
export interface VerifyValues {
  /** The checkout, which is also the working folder. */
  readonly tree: string;
  /** An empty folder for what the commands make. */
  readonly out: string;
  readonly feature: string;
  readonly release: string;
  /** The configuration's folder, or the repository. */
  readonly root: string;
  readonly jobs: string;
}

/** A shell's command line: no placeholders, for braces are the shell's. */
export function shellVerify(command: string, timeoutMs: number): Verify {
  return { lines: () => [["sh", "-c", command]], timeoutMs };
}

/** Lists of arguments. `key`: where they stand, for messages. */
export function listedVerify(commands: readonly (readonly string[])[], key: string, timeoutMs: number): Verify {
  return { lines: (values) => commands.map((command, at) => fillCommand(command, { ...values }, `${key}[${at}]`)), timeoutMs };
}

export interface VerifiedTree {
  readonly repository: Repository;
  /** Commit or tree. */
  readonly tree: string;
  readonly feature: string;
  readonly release: string;
  readonly root: string;
  /** Where the output goes when a command fails; an older one is removed. */
  readonly log: string;
  readonly env?: Readonly<Record<string, string>>;
}

const MOST_OUTPUT = 64 * 2 ** 20;
const LAST_WORDS = 1500;

/** A sentence with the end of the output and the place of all of it, or undefined when every command ends with 0. */
export async function verifyFault(verify: Verify, what: VerifiedTree): Promise<string | undefined> {
  const folder = await temporaryNamed("unfork-verify");
  try {
    const [tree, out] = [join(folder, "tree"), join(folder, "out")];
    await Promise.all([mkdir(tree), mkdir(out)]);
    const { feature, release, root } = what;
    const values: VerifyValues = { tree, out, feature, release, root, jobs: String(availableParallelism()) };
    const lines = verify.lines(values);
    await requireTools(
      lines.map(([tool = ""]) => tool).filter((tool) => !tool.includes("/")),
      "the build and tests of a feature",
    );
    await checkOut(what, folder, tree);
    return await runLines(lines, { verify, what, values });
  } finally {
    await removeTemporary(folder);
  }
}

/** All files as a checkout has them; an index apart, no work tree of the repository is touched. */
async function checkOut({ repository, tree }: VerifiedTree, folder: string, target: string): Promise<void> {
  const index = join(folder, "index");
  for (const args of [
    ["read-tree", tree],
    [`--work-tree=${target}`, "checkout-index", "--all", "--quiet", "--force"],
  ]) {
    const command = gitCommand(repository, args);
    await runOk({ ...command, cwd: target, env: { ...command.env, GIT_INDEX_FILE: index } });
  }
}

interface Work {
  readonly verify: Verify;
  readonly what: VerifiedTree;
  readonly values: VerifyValues;
}

async function runLines(lines: readonly (readonly string[])[], { verify, what, values }: Work): Promise<string | undefined> {
  const env = {
    ...Object.fromEntries(Object.entries(values).map(([name, value]) => [`UNFORK_${name.toUpperCase()}`, value])),
    ...what.env,
    // A hook's or a rebase's variables would send a git that a command starts into somebody's work tree, and so would a search upward.
    ...withoutGit(),
    GIT_CEILING_DIRECTORIES: dirname(values.tree),
  };
  const limits = { timeoutMs: verify.timeoutMs, mostOutput: MOST_OUTPUT, leavesNothing: true };
  const told: Buffer[] = [];
  for (const [command = "", ...args] of lines) {
    const result = await run({ command, args, cwd: values.tree, env, ...limits });
    const line = shellLine([command, ...args]);
    const end = endOf(result, verify.timeoutMs);
    told.push(Buffer.from(`$ ${line}\n`), result.stdout, Buffer.from(`${result.stderr}\n# ${end ?? "exit 0"}\n`));
    if (end !== undefined) return await failed({ line, end, result, log: what.log, told });
  }
  await rm(what.log, { force: true });
  return undefined;
}

function endOf({ code, signal, timedOut, overflowed }: CommandResult, timeoutMs: number): string | undefined {
  if (timedOut) return `took longer than ${timeoutMs / 1000} s and was ended`;
  if (overflowed) return `wrote more than ${MOST_OUTPUT / 2 ** 20} MiB and was ended`;
  return code === 0 ? undefined : `ended with ${code ?? signal}`;
}

interface Failed {
  readonly line: string;
  readonly end: string;
  readonly result: CommandResult;
  readonly log: string;
  readonly told: readonly Buffer[];
}

async function failed({ line, end, result, log, told }: Failed): Promise<string> {
  await writeFileAtomic(log, Buffer.concat(told));
  const words = (result.stdout.toString("utf8") + result.stderr).trim().slice(-LAST_WORDS);
  return `the result does not pass \`${line}\`: it ${end} (output: ${log})${words === "" ? "" : `:\n${words}`}`;
}
