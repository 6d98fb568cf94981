/** Owns how git is called: one bare repository, no settings of the user or the machine, exit codes as data. */
import { type Command, type CommandResult, run } from "../support/exec.js";
import { gitFailure } from "./errors.js";

/** A repository on disk. */
export interface Repository {
  /** Its git directory. */
  readonly path: string;
  /** A folder apart that takes all new objects; those of the repository are seen beside it. See {@link openQuarantine}. */
  readonly quarantine?: Quarantine;
  /** Somebody's own: objects that were put in the place of others (git-replace(1)) count, as in every git command there. */
  readonly replaces?: boolean;
}

export interface Quarantine {
  readonly folder: string;
  /** The repository's own folder of objects. */
  readonly objects: string;
  /** Makes the folder, where it is not there yet: it is not needed before git runs. */
  readonly make?: () => void;
}

export interface GitCall {
  readonly input?: string | Uint8Array;
  readonly cwd?: string;
}

/** What decides a result is said here and nowhere else, so that equal inputs give equal objects on every machine. */
const SETTINGS: readonly string[] = [
  "core.attributesFile=/dev/null",
  "core.autocrlf=false",
  "core.quotePath=false",
  "core.compression=1",
  "core.bigFileThreshold=512m",
  "core.logAllRefUpdates=false",
  "diff.renameLimit=30000",
  "diff.orderFile=/dev/null",
  "diff.relative=false",
  "diff.suppressBlankEmpty=false",
  "diff.indentHeuristic=true",
  "log.follow=false",
  "merge.renames=true",
  "merge.renameLimit=30000",
  "merge.directoryRenames=true",
  "merge.conflictStyle=merge",
  "gc.auto=0",
  "fastimport.unpackLimit=0",
];

/** The command line of one git call in a repository. */
export function gitCommand(repository: Repository, args: readonly string[], call: GitCall = {}): Command {
  repository.quarantine?.make?.();
  // Git takes the folder that it runs in for the work tree, and the attributes there for those of the files.
  const cwd = call.cwd ?? repository.quarantine?.folder;
  return {
    command: "git",
    ...(cwd === undefined ? {} : { cwd }),
    args: [`--git-dir=${repository.path}`, ...SETTINGS.flatMap((setting) => ["-c", setting]), ...args],
    env: { ...gitEnvironment(), ...replaceEnvironment(repository), ...quarantineEnvironment(repository) },
    ...(call.input === undefined ? {} : { input: call.input }),
  };
}

function replaceEnvironment({ replaces }: Repository): Record<string, undefined> {
  return replaces === true ? { GIT_NO_REPLACE_OBJECTS: undefined } : {};
}

/** See git(1): where objects are written, and where they are read from besides. */
function quarantineEnvironment({ quarantine }: Repository): Record<string, string> {
  if (quarantine === undefined) return {};
  return {
    GIT_OBJECT_DIRECTORY: quarantine.folder,
    GIT_ALTERNATE_OBJECT_DIRECTORIES: alternate(quarantine.objects),
    // None is needed, and reading that of a large work tree takes longer than a merge.
    GIT_INDEX_FILE: `${quarantine.folder}/no-index`,
  };
}

/** Paths in the list of alternates are separated by `:`; one that holds it, or begins with `"`, is quoted as C strings are. */
function alternate(path: string): string {
  return /^"|:/.test(path) ? `"${path.replaceAll(/["\\]/g, "\\$&")}"` : path;
}

/** Runs git to its end; a non-zero exit is data. */
export function git(repository: Repository, args: readonly string[], call: GitCall = {}): Promise<CommandResult> {
  return run(gitCommand(repository, args, call));
}

/** Runs git, wants exit 0 and gives what it wrote; else throws the named git error. */
export async function gitOk(repository: Repository, args: readonly string[], call: GitCall = {}): Promise<Buffer> {
  const command = gitCommand(repository, args, call);
  const result = await run(command);
  if (result.code === 0) return result.stdout;
  throw gitFailure(command, result);
}

/** The same with the settings of the user and the machine. */
export function userEnvironment(): Record<string, string | undefined> {
  const { GIT_CONFIG_GLOBAL: _global, GIT_CONFIG_NOSYSTEM: _system, ...rest } = gitEnvironment();
  return rest;
}

/** Every GIT_* variable of the caller is removed; see git(1), "Environment Variables". */
export function withoutGit(): Record<string, undefined> {
  const inherited = Object.keys(process.env).filter((name) => name.startsWith("GIT_"));
  return Object.fromEntries(inherited.map((name) => [name, undefined]));
}

/** Nothing of the caller's, and no settings of the machine. */
export function gitEnvironment(): Record<string, string | undefined> {
  return {
    ...withoutGit(),
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_ATTR_NOSYSTEM: "1",
    GIT_NO_REPLACE_OBJECTS: "1",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_TERMINAL_PROMPT: "0",
  };
}
