/** Owns which arguments the headers get from a compile database: those of the commands whose sources include them. */
import { readFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";

import { listFiles } from "../../support/fs.js";
import { type CompileCommand, readCompileDatabase } from "../../toolchain/compile-database.js";
import { unitsOf } from "../../toolchain/compile-units.js";
import { parseArguments } from "../../toolchain/parse-arguments.js";

export interface DatabaseArguments {
  readonly arguments: readonly string[];
  readonly language: "c" | "c++";
  /** As `-std=` takes it, "" where no command says so. */
  readonly standard: string;
  /** What was not as clear as it should be. */
  readonly notes: readonly string[];
}

const CODE = /\.(?:c|cc|cpp|cxx|c\+\+|m|mm|h|hh|hpp|hxx|h\+\+|inc|inl|ipp|tcc)$/i;

/** `headers` and `folders` are absolute. */
export async function argumentsFromDatabase(
  path: string,
  headers: readonly string[],
  folders: readonly string[],
): Promise<DatabaseArguments> {
  const commands = await readCompileDatabase(path);
  const files = await filesAround(commands, folders);
  const unitsFor = unitsOf(
    commands.map((command) => ({ source: command.file, command })),
    files,
    textOf,
  );
  const chosen: CompileCommand[] = [];
  const alone: string[] = [];
  for (const header of headers) {
    const [unit] = unitsFor(header);
    if (unit === undefined) alone.push(header);
    else if (!chosen.includes(unit.command)) chosen.push(unit.command);
  }
  const taken = chosen.map(optionsOf);
  const common = alone.length === 0 ? [] : [inAll(commands.map(optionsOf))];
  return { ...merged([...taken, ...common]), notes: [...notesOn(alone, chosen.length), ...conflicts(taken)] };
}

/** Sources, what lies beside them, and what lies below the given folders. */
async function filesAround(commands: readonly CompileCommand[], folders: readonly string[]): Promise<string[]> {
  const found = new Set(commands.map(({ file }) => file));
  for (const folder of new Set(commands.map(({ file }) => dirname(file)))) {
    for (const name of await readdir(folder).catch(() => [])) if (CODE.test(name)) found.add(join(folder, name));
  }
  for (const folder of folders) for (const file of await listFiles(folder)) if (CODE.test(file)) found.add(join(folder, file));
  return [...found];
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "latin1");
  } catch {
    return "";
  }
}

/** A command's options that count, each with its value in one list; folders and files are absolute. */
interface Options {
  readonly language: "c" | "c++";
  readonly standard: string;
  readonly groups: readonly (readonly string[])[];
}

const PATHS = /^-(?:I|isystem|iquote|idirafter|include|imacros|F|iframework|isysroot)$/;
const PREFIXED = /^(-I|-isystem|-iquote|-idirafter|-F)(.+)$/;

function optionsOf({ arguments: words, directory, file, source }: CompileCommand): Options {
  const kept = parseArguments(words, source).slice(3, -1);
  const groups: string[][] = [];
  let [language, standard] = [/\.(?:c|m)$/.test(file) ? "c" : "c++", ""];
  for (let i = 0; i < kept.length; i++) {
    const word = kept[i] as string;
    const [, name, path] = PREFIXED.exec(word) ?? [];
    if (word === "-x") language = kept[++i]?.includes("++") === true ? "c++" : "c";
    else if (word.startsWith("-std=")) standard = word.slice(5);
    else if (PATHS.test(word)) groups.push([word, resolve(directory, kept[++i] ?? "")]);
    else if (name !== undefined && path !== undefined) groups.push([`${name}${resolve(directory, path)}`]);
    else groups.push(/^-(?:D|U|target|-target|-sysroot)$/.test(word) ? [word, kept[++i] ?? ""] : [word]);
  }
  return { language: language === "c" ? "c" : "c++", standard, groups };
}

/** One list of all: each option once, in the order of the first that has it. */
function merged(all: readonly Options[]): Omit<DatabaseArguments, "notes"> {
  const groups = new Map<string, readonly string[]>();
  for (const { groups: own } of all) for (const group of own) if (!groups.has(keyOf(group))) groups.set(keyOf(group), group);
  return {
    arguments: [...groups.values()].flat(),
    language: all.some(({ language }) => language === "c++") || all.length === 0 ? "c++" : "c",
    standard: all.find(({ standard }) => standard !== "")?.standard ?? "",
  };
}

/** A macro is one option whatever its value. */
function keyOf(group: readonly string[]): string {
  const text = group.join("\0");
  return /^-[DU]/.test(text) ? `-D${macroOf(text)}` : text;
}

function macroOf(text: string): string {
  return (/^-[DU]\0?([^=(]+)/.exec(text)?.[1] ?? text).trim();
}

/** What every command has. */
function inAll(all: readonly Options[]): Options {
  const [first, ...others] = all as readonly [Options, ...Options[]];
  const sets = others.map(({ groups }) => new Set(groups.map((group) => group.join("\0"))));
  return { ...first, groups: first.groups.filter((group) => sets.every((set) => set.has(group.join("\0")))) };
}

function notesOn(alone: readonly string[], chosen: number): string[] {
  if (alone.length === 0) return [];
  const names = alone
    .slice(0, 3)
    .map((path) => path.slice(path.lastIndexOf("/") + 1))
    .join(", ");
  const more = alone.length > 3 ? ` and ${alone.length - 3} more` : "";
  const how =
    chosen === 0 ? "with the options that all commands have" : "with those of the other headers and the options that all commands have";
  return [`no source of the compile database includes ${names}${more}: read ${how}`];
}

/** A macro that two of the commands define differently. */
function conflicts(all: readonly Options[]): string[] {
  const values = new Map<string, string>();
  const found = new Set<string>();
  for (const { groups } of all) {
    for (const group of groups) {
      const text = group.join("\0");
      if (!/^-[DU]/.test(text)) continue;
      const macro = macroOf(text);
      const before = values.get(macro);
      if (before === undefined) values.set(macro, text);
      else if (before !== text) found.add(`the commands differ in ${macro}: ${shown(before)} was taken, ${shown(text)} was not`);
    }
  }
  const languages = new Set(all.map(({ standard }) => standard).filter((standard) => standard !== ""));
  if (languages.size > 1) found.add(`the commands differ in the language's standard: ${[...languages].join(", ")}; the first was taken`);
  return [...found];
}

function shown(text: string): string {
  return text.replaceAll("\0", " ");
}
