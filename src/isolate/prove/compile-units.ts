/** Owns which command compiles which unit on each side: two databases, or one that is carried over to the other tree. */
import { stat } from "node:fs/promises";
import { dirname, isAbsolute, join, relative } from "node:path";

import { UnforkError } from "../../support/errors.js";
import { exists } from "../../support/fs.js";
import { type CompileCommand, readCompileDatabase } from "../../toolchain/compile-database.js";
import { type CompileStep, plainArguments } from "./compile-arguments.js";

export interface CompileUnit {
  /** The source's path in its tree. */
  readonly unit: string;
  readonly before: CompileStep | null;
  readonly after: CompileStep | null;
  /** How the two commands differ beside the trees they run in, or null. */
  readonly flagsDiffer: string | null;
}

export interface CompileInput {
  /** Database of each side; null where the other's is carried over. */
  readonly before: string | null;
  readonly after: string | null;
  /** Roots of the trees; null: found from the database. */
  readonly beforeTree: string | null;
  readonly afterTree: string | null;
}

/** Units sorted by name. Throws `input-invalid` when no side has a database, or a tree's root cannot be found. */
export async function compileUnits(input: CompileInput): Promise<CompileUnit[]> {
  const before = input.before === null ? null : await readCompileDatabase(input.before);
  const after = input.after === null ? null : await readCompileDatabase(input.after);
  const roots = await rootsOf(input, before, after);
  const olds = before === null ? carried(after ?? [], roots.after, roots.before) : before;
  const news = after === null ? carried(before ?? [], roots.before, roots.after) : after;
  return joined(stepsOf(olds, roots.before), stepsOf(news, roots.after), roots);
}

interface Roots {
  readonly before: string;
  readonly after: string;
}

async function rootsOf(
  input: CompileInput,
  before: readonly CompileCommand[] | null,
  after: readonly CompileCommand[] | null,
): Promise<Roots> {
  const { beforeTree, afterTree } = input;
  if (before !== null && after !== null) return { before: beforeTree ?? commonFolder(before), after: afterTree ?? commonFolder(after) };
  if (before !== null && afterTree !== null) {
    const root = beforeTree !== null && below(before, beforeTree) ? beforeTree : await rootLike(before, afterTree);
    if (beforeTree === null || beforeTree === root) return { before: root, after: afterTree };
    throw outside(input.before ?? "", beforeTree);
  }
  if (after !== null && beforeTree !== null) {
    const root = afterTree !== null && below(after, afterTree) ? afterTree : await rootLike(after, beforeTree);
    if (afterTree === null || afterTree === root) return { before: beforeTree, after: root };
    throw outside(input.after ?? "", afterTree);
  }
  throw new UnforkError("usage", "one compile database serves both sides only when both trees are known", {
    hint: "give --before-tree DIR and --after-tree DIR with --compile-commands FILE",
  });
}

function outside(database: string, tree: string): UnforkError {
  return new UnforkError("input-invalid", `${database} compiles nothing below ${tree}`, {
    hint: "give the tree that the database was written for as --before-tree or --after-tree",
    context: { database, tree },
  });
}

function below(commands: readonly CompileCommand[], root: string): boolean {
  return commands.some(({ file }) => file.startsWith(`${root}/`));
}

function commonFolder(commands: readonly CompileCommand[]): string {
  let common = dirname(commands[0]?.file ?? "/");
  for (const { file } of commands) while (common !== "/" && !file.startsWith(`${common}/`)) common = dirname(common);
  return common;
}

/** The folder at or above the common one under which the other tree has the same files. */
async function rootLike(commands: readonly CompileCommand[], tree: string): Promise<string> {
  const file = commands[0]?.file ?? "/";
  for (let root = commonFolder(commands); root !== "/"; root = dirname(root))
    if (await exists(join(tree, relative(root, file)))) return root;
  throw new UnforkError("input-invalid", `${tree} has no ${relative(commonFolder(commands), file)}, which the compile database names`, {
    hint: "give the roots of both trees, such that a source has the same path in each",
    context: { tree },
  });
}

/** The same commands with one root in the place of the other, wherever it stands at the beginning of a path. */
function carried(commands: readonly CompileCommand[], from: string, to: string): CompileCommand[] {
  return commands.map((one) => ({
    directory: moved(one.directory, from, to),
    file: moved(one.file, from, to),
    source: moved(one.source, from, to),
    arguments: one.arguments.map((word) => moved(word, from, to)),
  }));
}

function moved(word: string, from: string, to: string): string {
  const at = word.indexOf(from);
  if (at < 0) return word;
  const end = word.slice(at + from.length);
  const starts = at === 0 || /^(-[A-Za-z]+|.*[=:,])$/.test(word.slice(0, at));
  return starts && (end === "" || /^[/=:,]/.test(end)) ? word.slice(0, at) + to + moved(end, from, to) : word;
}

interface UnitStep {
  readonly unit: string;
  readonly step: CompileStep;
}

function stepsOf(commands: readonly CompileCommand[], root: string): UnitStep[] {
  const seen = new Map<string, number>();
  return commands.map((command) => {
    const path = isAbsolute(relative(root, command.file)) ? command.file : relative(root, command.file);
    const nth = (seen.get(path) ?? 0) + 1;
    seen.set(path, nth);
    const { compiler, arguments: words } = plainArguments(command.arguments, command.source);
    const step = { cwd: command.directory, compiler, arguments: steady(words, command.source, root), source: command.source };
    return { unit: nth === 1 ? path : `${path}#${nth}`, step };
  });
}

/** Where a command names the tree by its absolute path, `__FILE__` would: the root is taken off. */
function steady(words: readonly string[], source: string, root: string): string[] {
  const named = [source, ...words].some((word) => word.includes(`${root}/`));
  return named ? [...words, `-ffile-prefix-map=${root}/=`] : [...words];
}

function joined(olds: readonly UnitStep[], news: readonly UnitStep[], roots: Roots): CompileUnit[] {
  const after = new Map(news.map(({ unit, step }) => [unit, step]));
  const units = olds.map(({ unit, step }): CompileUnit => {
    const other = after.get(unit) ?? null;
    after.delete(unit);
    return { unit, before: step, after: other, flagsDiffer: other === null ? null : flagsDiffer(step, other, roots) };
  });
  for (const [unit, step] of after) units.push({ unit, before: null, after: step, flagsDiffer: null });
  return units.toSorted((a, b) => (a.unit < b.unit ? -1 : 1));
}

function flagsDiffer(before: CompileStep, after: CompileStep, roots: Roots): string | null {
  const left = before.arguments.map((word) => moved(word, roots.before, "<tree>"));
  const right = after.arguments.map((word) => moved(word, roots.after, "<tree>"));
  const gone = left.filter((word) => !right.includes(word));
  const added = right.filter((word) => !left.includes(word));
  if (gone.length + added.length > 0) return `flags only before: ${gone.join(" ") || "none"}; only after: ${added.join(" ") || "none"}`;
  return left.join("\0") === right.join("\0") ? null : "the same flags stand in another order";
}

/** The database that a path names: the file itself, or compile_commands.json in a folder; null when it is neither. */
export async function databaseAt(path: string): Promise<string | null> {
  if (path.endsWith(".json")) return path;
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const inside = join(path, "compile_commands.json");
  return isFolder && (await exists(inside)) ? inside : null;
}
