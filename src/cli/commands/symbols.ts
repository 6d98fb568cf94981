/** Owns `unfork symbols`: what `nm -C -S` shows, with classes as words, groups and sums. */
import { type Command, InvalidArgumentError, Option } from "commander";

import { inputFiles } from "../../audit/input-files.js";
import { SYMBOL_CLASSES } from "../../objects/classes.js";
import type { SymbolClass } from "../../objects/model.js";
import { type SymbolGroup, groupLines, symbolLine } from "../../report/symbols.js";
import { nameGlob } from "../../support/glob.js";
import { byText } from "../../support/order.js";
import { printable } from "../../support/style.js";
import { type GlobalOptions, type SetExitCode, globalsOf, withExamples } from "../command.js";
import { EXIT } from "../exit-codes.js";
import { GROUPS, type Group, type Row, groupsOf, rowsOf } from "./symbol-rows.js";
import { printInPlace } from "./symbols-in-place.js";

interface SymbolsOptions extends GlobalOptions {
  readonly class?: readonly SymbolClass[];
  readonly match?: string;
  readonly sort: "place" | "name" | "size";
  readonly group?: Group;
  readonly top?: number;
  readonly mangled?: boolean;
}

export function addSymbols(program: Command, setExitCode: SetExitCode): void {
  const command = program
    .command("symbols")
    .description("List the symbols of objects, archives, libraries and executables, with demangled names, sizes, groups and sums.")
    .argument("<path...>", "files, or folders that hold some")
    .addOption(new Option("--class <class...>", "only these classes").choices(SYMBOL_CLASSES))
    .option("--match <pattern>", "only names that match: a glob, or /a regular expression/, on the name as it is shown")
    .addOption(new Option("--sort <by>", "order of the symbols").choices(["place", "name", "size"]).default("place"))
    .addOption(new Option("--group <by>", "sums instead of symbols, the largest first").choices(GROUPS))
    .option("--top <n>", "only the first N", positive)
    .option("--mangled", "names as they stand in the file");
  withExamples(command, [
    "unfork symbols libaudio.a",
    "unfork symbols libaudio.a --sort size --top 20 --class strong weak",
    "unfork symbols build --group scope",
    "unfork symbols libaudio.a --match 'webrtc::*' --json",
  ]);
  command.action((paths: string[], _local: unknown, self: Command) => setExitCode(symbols(paths, globalsOf(self) as SymbolsOptions)));
}

function positive(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError("a whole number from 1 on is wanted");
  return value;
}

/** Nothing has to be known of all symbols before the first is written. */
function isInPlace({ sort, group, match, json }: SymbolsOptions): boolean {
  return sort === "place" && group === undefined && match === undefined && json !== true;
}

function symbols(paths: readonly string[], options: SymbolsOptions): number {
  const files = inputFiles(paths);
  const { class: classes = SYMBOL_CLASSES, mangled = false, top = Number.MAX_SAFE_INTEGER } = options;
  if (isInPlace(options)) {
    printInPlace(files, { classes: new Set(classes), mangled, top });
    return EXIT.done;
  }
  const matches = options.match === undefined ? () => true : nameGlob(options.match);
  const read = { objects: 0 };
  const rows = rowsOf(files, { classes: new Set(classes), mangled, matches }, () => read.objects++);
  if (options.group !== undefined) printGroups(groupsOf(rows, options.group), options.group, options);
  else printRows(options.sort === "place" ? rows : inOrder(rows, options.sort), read, top, options);
  return EXIT.done;
}

function inOrder(rows: Iterable<Row>, sort: SymbolsOptions["sort"]): Row[] {
  return [...rows].toSorted((a, b) => (sort === "size" ? b.size - a.size : 0) || byText(a.name, b.name));
}

function printGroups(groups: readonly SymbolGroup[], by: Group, { json, top }: SymbolsOptions): void {
  const safe = groups.map((group) => Object.assign({}, group, { key: printable(group.key) }));
  process.stdout.write(
    json === true ? `${JSON.stringify({ groups: groups.slice(0, top) }, null, 2)}\n` : `${groupLines(safe, by, top).join("\n")}\n`,
  );
}

/** Written in pieces: an archive's list is larger than what one string should hold. */
function printRows(rows: Iterable<Row>, read: { readonly objects: number }, top: number, { json, sort }: SymbolsOptions): void {
  const textOf = json === true ? jsonRow : sort === "place" ? rowsByObject() : rowWithObject;
  let text = json === true ? '{\n  "symbols": [' : "";
  let count = 0;
  for (const row of rows) {
    if (count >= top && json !== true) break;
    if (count < top) text += textOf(row, count++);
    if (text.length > PIECE) {
      process.stdout.write(text);
      text = "";
    }
  }
  if (json === true) text += `${count === 0 ? "" : "\n  "}],\n  "objects": ${read.objects}\n}\n`;
  process.stdout.write(text);
}

const PIECE = 1_000_000;

function jsonRow(row: Row, before: number): string {
  return `${before === 0 ? "" : ","}\n    ${JSON.stringify(row)}`;
}

function rowWithObject(row: Row): string {
  return `${symbolLine({ ...row, name: printable(row.name) })}  ${printable(row.object)}\n`;
}

/** Under a headline per object. */
function rowsByObject(): (row: Row) => string {
  let last = "";
  return (row) => {
    const object = `${row.file}\0${row.ordinal}`;
    const head = object === last ? "" : `${last === "" ? "" : "\n"}${printable(row.object)}:\n`;
    last = object;
    return `${head}${symbolLine({ ...row, name: printable(row.name) })}\n`;
  };
}
