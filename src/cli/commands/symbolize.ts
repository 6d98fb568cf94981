/** Owns `unfork symbolize`: stacks and logs with upstream's names, and the flavor of each line. */
import { type Command, InvalidArgumentError } from "commander";

import { inputFiles } from "../../audit/input-files.js";
import type { Symbolized, SymbolizedLine } from "../../model/symbolized.js";
import { flavorColumn, symbolizedSummary } from "../../report/symbolized.js";
import { readShimManifest } from "../../shim/read-manifest.js";
import { fromBytes, toBytes } from "../../shim/symbolize/byte-text.js";
import { knownWords } from "../../shim/symbolize/known-words.js";
import { flavorCounts } from "../../shim/symbolize/stacks.js";
import { type LineNames, lineSymbolizer } from "../../shim/symbolize/symbolize-line.js";
import { byteLines } from "../byte-lines.js";
import { type GlobalOptions, type SetExitCode, globalsOf, withExamples } from "../command.js";
import { EXIT } from "../exit-codes.js";

interface SymbolizeOptions extends GlobalOptions {
  readonly flavor?: readonly string[];
  readonly symbols?: readonly string[];
  readonly manifest?: string;
  readonly column: boolean;
  readonly demangle?: boolean;
}

export function addSymbolize(program: Command, setExitCode: SetExitCode): void {
  const command = program
    .command("symbolize")
    .description("Write upstream's names into a stack trace or a log, and say of which flavor each line is.")
    .argument("[file]", "a text, or - for the standard input", "-")
    .option(
      "--flavor <name>",
      "a flavor: its names end in `_` and it; repeatable (default: those of the manifest, else legacy and latest)",
      flavors,
    )
    .option(
      "--symbols <path>",
      "an archive, a program or a folder that defines the flavors' names, repeatable: others are none of theirs",
      collect,
    )
    .option("--manifest <file>", "the shim.json of a generated shim: its flavors, releases and names")
    .option("--no-column", "names only, without the column of flavors")
    .option("--demangle", "mangled names as they stand in the source");
  withExamples(command, [
    "unfork symbolize crash.txt",
    "./app 2>&1 | unfork symbolize --demangle",
    "perf script | unfork symbolize --no-column - > upstream.txt",
    "unfork symbolize crash.txt --symbols build/liblegacy.a --symbols build/liblatest.a --json",
  ]);
  command.action(async (file: string, _local: unknown, self: Command) => {
    await symbolize(file, globalsOf(self) as SymbolizeOptions);
    setExitCode(EXIT.done);
  });
}

function collect(value: string, earlier: readonly string[] | undefined): string[] {
  return [...(earlier ?? []), value];
}

function flavors(value: string, earlier: readonly string[] | undefined): string[] {
  if (!/^[\w$]+$/.test(value)) throw new InvalidArgumentError("the name of a flavor is wanted: letters, digits and _");
  return collect(value, earlier);
}

const DEFAULT_FLAVORS = ["legacy", "latest"];

async function symbolize(file: string, options: SymbolizeOptions): Promise<void> {
  const manifest = options.manifest === undefined ? undefined : readShimManifest(options.manifest);
  const names = [...new Set(options.flavor ?? manifest?.flavors.map(({ name }) => name) ?? DEFAULT_FLAVORS)];
  const known = knownWords(names, { symbolFiles: inputFiles(options.symbols ?? []), manifest });
  const toNames = lineSymbolizer(known);
  const counts = flavorCounts();
  const columnOf = options.column ? flavorColumn(names) : () => "";
  const lines: SymbolizedLine[] = [];
  let number = 0;
  for await (const line of byteLines(file)) {
    number++;
    const found = shownAs(toNames(line), line, options.demangle === true);
    counts.add(line, found.flavors);
    if (options.json !== true) await write(Buffer.from(columnOf(found.flavors) + found.text, "latin1"));
    else if (found.names.length > 0) lines.push(lineAsText(number, found));
  }
  const sums = known.map(({ flavor, exact }) => ({
    name: flavor,
    release: manifest?.flavors.find(({ name }) => name === flavor)?.release ?? null,
    lines: counts.linesOf(flavor),
    exact,
  }));
  const result: Symbolized = { flavors: sums, stacks: [...counts.stacks()], lines };
  if (options.json === true) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  else if (options.quiet !== true) process.stderr.write(`${symbolizedSummary(result).join("\n")}\n`);
}

/** With `demangled` the names of the text in C++, each behind the last. */
function shownAs(found: LineNames, line: string, demangled: boolean): LineNames {
  if (!demangled || found.names.length === 0) return found;
  let text = "";
  let from = 0;
  for (const { column, found: before, name, demangled: shown } of found.names) {
    text += line.slice(from, column - 1) + (shown === null ? name : toBytes(shown));
    from = column - 1 + before.length;
  }
  return { ...found, text: text + line.slice(from) };
}

function lineAsText(line: number, { text, flavors: of, names }: LineNames): SymbolizedLine {
  return {
    line,
    text: fromBytes(text).replace(/\r?\n$/, ""),
    flavors: [...of],
    names: names.map((name) => ({ ...name, found: fromBytes(name.found), name: fromBytes(name.name) })),
  };
}

/** Waits where the reader is slower: a log may be longer than memory. */
function write(bytes: Buffer): Promise<void> | undefined {
  if (process.stdout.write(bytes)) return undefined;
  return new Promise((resolve) => process.stdout.once("drain", resolve));
}
