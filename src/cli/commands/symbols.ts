/** Owns `unfork symbols`: what `nm -C -S` shows, with classes as words, groups and sums. */
import { type Command, InvalidArgumentError, Option } from "commander";

import { inputFiles } from "../../audit/input-files.js";
import { outermostScope } from "../../audit/mangled-scope.js";
import { SYMBOL_CLASSES } from "../../objects/classes.js";
import { demangleNames } from "../../objects/demangle.js";
import { type ListedObject, type ListedSymbol, listSymbols } from "../../objects/list-symbols.js";
import type { SymbolClass } from "../../objects/model.js";
import { placeName } from "../../objects/view.js";
import { type SymbolGroup, groupLines, symbolLine } from "../../report/symbols.js";
import { nameGlob } from "../../support/glob.js";
import { byText } from "../../support/order.js";
import { printable } from "../../support/style.js";
import { type GlobalOptions, type SetExitCode, globalsOf, withExamples } from "../command.js";
import { EXIT } from "../exit-codes.js";
import { printInPlace } from "./symbols-in-place.js";

const GROUPS = ["class", "kind", "section", "object", "scope", "name"] as const;
type Group = (typeof GROUPS)[number];

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

interface Row extends ListedSymbol {
  readonly object: string;
  readonly mangled: string;
}

function symbols(paths: readonly string[], options: SymbolsOptions): number {
  const files = inputFiles(paths);
  if (isInPlace(options)) {
    const { class: classes = SYMBOL_CLASSES, mangled = false, top = Number.MAX_SAFE_INTEGER } = options;
    printInPlace(files, { classes: new Set(classes), mangled, top });
    return EXIT.done;
  }
  const objects = files.flatMap((path) => Array.from(listSymbols(path)));
  const rows = inOrder(rowsOf(objects, options), options.sort);
  if (options.group !== undefined) printGroups(groupsOf(rows, options.group), options.group, options);
  else printRows(rows.slice(0, options.top), objects, options);
  return EXIT.done;
}

function rowsOf(objects: readonly ListedObject[], options: SymbolsOptions): Row[] {
  const classes = new Set(options.class ?? SYMBOL_CLASSES);
  const wanted = objects.flatMap(({ place, symbols: list }) =>
    list.filter((symbol) => classes.has(symbol.class)).map((symbol) => ({ symbol, object: placeName(place) })),
  );
  const names = options.mangled === true ? undefined : demangleNames([...new Set(wanted.map(({ symbol }) => symbol.name))]);
  const rows = wanted.map(({ symbol, object }) => {
    const { name: mangled } = symbol;
    return Object.assign(symbol, { object, mangled, name: names?.get(mangled)?.full ?? mangled });
  });
  if (options.match === undefined) return rows;
  const matches = nameGlob(options.match);
  return rows.filter(({ name }) => matches(name));
}

function inOrder(rows: Row[], sort: SymbolsOptions["sort"]): Row[] {
  if (sort === "place") return rows;
  return rows.toSorted((a, b) => (sort === "size" ? b.size - a.size : 0) || byText(a.name, b.name));
}

function groupsOf(rows: readonly Row[], by: Group): SymbolGroup[] {
  const groups = new Map<string, { key: string; symbols: number; size: number }>();
  for (const row of rows) {
    const key = keyOf(row, by);
    const group = groups.get(key) ?? { key, symbols: 0, size: 0 };
    group.symbols += 1;
    group.size += row.size;
    groups.set(key, group);
  }
  return [...groups.values()].toSorted((a, b) => b.size - a.size || b.symbols - a.symbols || byText(a.key, b.key));
}

function keyOf(row: Row, by: Group): string {
  if (by !== "scope") return row[by] === "" ? "–" : row[by];
  if (!row.mangled.startsWith("_Z")) return "C and assembler";
  return outermostScope(row.mangled) || "global scope";
}

function printGroups(groups: readonly SymbolGroup[], by: Group, { json, top }: SymbolsOptions): void {
  const safe = groups.map((group) => Object.assign(group, { key: printable(group.key) }));
  process.stdout.write(
    json === true ? `${JSON.stringify({ groups: groups.slice(0, top) }, null, 2)}\n` : `${groupLines(safe, by, top).join("\n")}\n`,
  );
}

/** Written in pieces: an archive's list is larger than what one string should hold. */
function printRows(rows: readonly Row[], objects: readonly ListedObject[], { json, sort }: SymbolsOptions): void {
  if (json === true) {
    process.stdout.write(`${JSON.stringify({ objects: objects.length, symbols: rows }, null, 2)}\n`);
    return;
  }
  let last = "";
  let text = "";
  for (const row of rows) {
    if (sort === "place" && row.object !== last) text += `${text === "" && last === "" ? "" : "\n"}${printable(row.object)}:\n`;
    last = row.object;
    text += `${symbolLine({ ...row, name: printable(row.name) })}${sort === "place" ? "" : `  ${printable(row.object)}`}\n`;
    if (text.length > 1_000_000) {
      process.stdout.write(text);
      text = "";
    }
  }
  process.stdout.write(text);
}
