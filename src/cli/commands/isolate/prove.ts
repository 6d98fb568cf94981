/** Owns `unfork isolate prove`: the proof that isolation changed nothing but names. */
import { availableParallelism } from "node:os";
import { type Command, InvalidArgumentError, Option } from "commander";

import { prove } from "../../../isolate/prove/prove.js";
import { renderProofMarkdown } from "../../../isolate/prove/render-markdown.js";
import { renderProof, shownNames } from "../../../isolate/prove/render-text.js";
import type { IsolationProof } from "../../../model/isolation-prove.js";
import { demangleNames } from "../../../objects/demangle.js";
import { UnforkError } from "../../../support/errors.js";
import { writeFileAtomic } from "../../../support/fs.js";
import { canonicalJson } from "../../../support/hash.js";
import { shellWords } from "../../../toolchain/compile-database.js";
import { type GlobalOptions, type SetExitCode, globalsOf, withExamples } from "../../command.js";
import { EXIT } from "../../exit-codes.js";
import { showProgress } from "../../live.js";
import { type Terminal, openTerminal } from "../../terminal.js";

interface ProveOptions extends GlobalOptions {
  readonly before?: string;
  readonly after?: string;
  readonly beforeTree?: string;
  readonly afterTree?: string;
  readonly compileCommands?: string;
  readonly flavor?: string;
  readonly isolation?: string;
  readonly objects?: boolean;
  readonly allowUncompiled?: boolean;
  readonly compiler?: readonly string[];
  readonly cflags?: readonly string[];
  readonly launcher?: string;
  readonly jobs?: number;
  readonly keepObjects?: string;
  readonly reporter?: readonly Format[];
  readonly output?: readonly string[];
}

const FORMATS = ["text", "json", "markdown"] as const;
type Format = (typeof FORMATS)[number];

export function addProve(group: Command, setExitCode: SetExitCode): void {
  const command = group
    .command("prove")
    .description("Prove, unit by unit, that isolation changed nothing but names: machine code, data, relocations.")
    .optionsGroup("What to compare:")
    .option("--before <build>", "the original: a folder of objects, an archive, or a compile database (or a folder with one)")
    .option("--after <build>", "the isolated one, of the same kind; a tree where --before is a compile database")
    .option("--compile-commands <file>", "one compile database for both trees")
    .option("--before-tree <dir>", "root of the original tree (default: found from the database)")
    .option("--after-tree <dir>", "root of the isolated tree (default: found from the database)")
    .option("--objects", "take a folder's objects as they are, also where a compile database lies beside them")
    .option("--flavor <name>", "the flavor whose suffix the names got (default: from the isolated tree's marker)")
    .addOption(new Option("--isolation <file>", "marker or result of unfork isolate that names the flavor"))
    .optionsGroup("How to compile:")
    .option("--compiler <cxx...>", "C++ compilers instead of the database's, one proof each; C units get the matching C compiler")
    .option("--cflags <flags...>", "flags behind each unit's own, one proof per value, as in --cflags=-O1 --cflags=-O2", collect)
    .option("--launcher <command>", "put before each compile command, as in ccache")
    .option("--jobs <n>", "compile processes at a time (default: one per processor)", positive)
    .option("--keep-objects <dir>", "keep what was compiled")
    .option("--allow-uncompiled", "units that compile on neither side do not fail the proof")
    .optionsGroup("What to print:")
    .addOption(new Option("--reporter <name...>", "format of the result (default: text, or json under --json)").choices(FORMATS))
    .option("--output <file...>", "where each --reporter goes, in the same order (default: stdout)");
  withExamples(command, [
    "unfork isolate prove --before build/compile_commands.json --after ../isolated/legacy",
    "unfork isolate prove --before-tree src --after-tree isolated --compile-commands compile_commands.json --compiler g++ clang++ --cflags=-O1 --cflags=-O2",
    "unfork isolate prove --before original/libaudio.a --after isolated/libaudio.a --flavor legacy",
  ]);
  command.action(async (_local: unknown, self: Command) => setExitCode(await run(globalsOf(self) as ProveOptions)));
}

function collect(value: string, known: readonly string[] | undefined): readonly string[] {
  return [...(known ?? []), value];
}

function positive(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError("a whole number from 1 on is wanted");
  return value;
}

async function run(options: ProveOptions): Promise<number> {
  const terminal = openTerminal(options);
  checkOutputs(options);
  const stop = showProgress(terminal, { verbose: false });
  try {
    const proof = await prove({
      before: options.before ?? null,
      after: options.after ?? null,
      beforeTree: options.beforeTree ?? null,
      afterTree: options.afterTree ?? null,
      compileCommands: options.compileCommands ?? null,
      flavor: options.flavor ?? null,
      isolation: options.isolation ?? null,
      objects: options.objects === true,
      allowUncompiled: options.allowUncompiled === true,
      compile: {
        compilers: options.compiler ?? [],
        flags: (options.cflags ?? []).map(shellWords),
        launcher: shellWords(options.launcher ?? ""),
        jobs: options.jobs ?? availableParallelism(),
        keep: options.keepObjects ?? null,
      },
    });
    stop();
    await print(proof, options, terminal);
    return proof.proven ? EXIT.done : EXIT.gate;
  } finally {
    stop();
  }
}

function formatsOf({ reporter, json }: ProveOptions): readonly Format[] {
  return reporter ?? [json === true ? "json" : "text"];
}

function checkOutputs(options: ProveOptions): void {
  const [formats, outputs] = [formatsOf(options), options.output ?? []];
  if (outputs.length <= formats.length) return;
  throw new UnforkError("usage", `${outputs.length} --output for ${formats.length} --reporter`, {
    hint: "give one --reporter per --output, in the same order",
  });
}

async function print(proof: IsolationProof, options: ProveOptions, terminal: Terminal): Promise<void> {
  for (const [index, format] of formatsOf(options).entries()) {
    const file = options.output?.[index];
    const look = { color: file === undefined && terminal.color, width: file === undefined ? terminal.width : 100 };
    const text = await rendered(format, proof, { ...look, verbose: options.verbose === true });
    if (file === undefined) terminal.result(text);
    else await writeFileAtomic(file, `${text}\n`);
  }
}

async function rendered(format: Format, proof: IsolationProof, look: { color: boolean; width: number; verbose: boolean }): Promise<string> {
  if (format === "json") return canonicalJson(proof, 2);
  if (format === "markdown") return renderProofMarkdown(proof);
  const demangled = demangleNames(shownNames(proof));
  return renderProof(proof, { ...look, names: new Map([...demangled].map(([name, { full }]) => [name, full])) });
}
