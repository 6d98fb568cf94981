/** Whole archives of other people, entry by entry against `readelf -sW` and `nm`. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { className, noCounts } from "../../src/objects/classes.js";
import type { ObjectFile } from "../../src/objects/model.js";
import { objectsOf } from "../../src/objects/open.js";
import { SYMBOL_ENTRY, sectionNumber, symbolName, symbolSize, symbolType, symbolValue } from "../../src/objects/symbols.js";
import { cacheFolder } from "../../src/sources/cache.js";
import { runOk } from "../../src/support/exec.js";
import { packageRoot } from "../../src/support/version.js";
import { missingTools } from "../helpers/compile.js";

const missing = await missingTools("g++", "readelf", "nm");

const DEMO = "examples/webrtc-audio/.unfork/build";
const standard =
  missing.length > 0 ? "" : (await runOk({ command: "g++", args: ["-print-file-name=libstdc++.a"] })).stdout.toString().trim();
const ARCHIVES: readonly [title: string, path: string, entries?: number, listed?: number][] = [
  ["the compiler's libstdc++.a", standard],
  ["libtg_owt.a (in the cache once `npm run bench -- objects` has run)", join(cacheFolder(), "bench/libtg_owt.a"), 118_286, 105_377],
  ["the demo's legacy archive (there once the demo has run)", join(packageRoot(), DEMO, "legacy/liblegacy.a")],
  ["the demo's latest archive (there once the demo has run)", join(packageRoot(), DEMO, "latest/liblatest.a")],
];

const TYPES = ["NOTYPE", "OBJECT", "FUNC", "SECTION", "FILE", "COMMON", "TLS", "?", "?", "?", "IFUNC"];
const BINDINGS: Readonly<Record<number, string>> = { 0: "LOCAL", 1: "GLOBAL", 2: "WEAK", 10: "UNIQUE" };
const SECTIONS: Readonly<Record<number, string>> = { [-1]: "ABS", [-2]: "COM", 0: "UND" };

/** One line per entry, as a table of readelf's has it, with the class that ours is in. */
function ourEntries(path: string): { entries: string[]; listed: string[] } {
  const entries: string[] = [];
  const listed: string[] = [];
  for (const object of objectsOf(path, undefined, { inPassing: true })) {
    const { symbols, place } = object;
    for (let index = 1; index < symbols.count; index++) {
      const code = className(symbols.classes[index] ?? 0);
      const [value, size] = [symbolValue(symbols, index), symbolSize(symbols, index)];
      const type = TYPES[symbolType(symbols, index)] ?? "?";
      const number = sectionNumber(symbols, index);
      const binding = BINDINGS[symbols.entries.getUint8(index * SYMBOL_ENTRY + 4) >> 4] ?? "?";
      const name = type === "SECTION" ? "" : symbolName(symbols, index);
      entries.push(`${place.member} ${index} ${name} ${value} ${size} ${type} ${binding} ${SECTIONS[number] ?? number} ${code}`);
      if (type !== "SECTION" && type !== "FILE") listed.push(nmLine(object, name, value, size, code));
    }
  }
  return { entries, listed };
}

/** nm's letters tell the class, and of a common symbol it shows the size as value. */
function nmLine({ place }: ObjectFile, name: string, value: number, size: number, code: string): string {
  return `${place.member} ${name} ${code.startsWith("undefined") ? "" : code === "common" ? size : value} ${code.startsWith("undefined") ? "" : size || ""} ${code}`;
}

function classBy(type: string, binding: string, section: string): string {
  if (type === "SECTION" || type === "FILE") return type.toLowerCase();
  if (binding === "LOCAL") return "local";
  if (section === "UND") return binding === "WEAK" ? "undefinedWeak" : "undefined";
  if (section === "COM") return "common";
  return binding === "UNIQUE" ? "unique" : binding === "WEAK" ? "weak" : "strong";
}

async function textOf(command: string, args: readonly string[]): Promise<string> {
  return (await runOk({ command, args })).stdout.toString("utf8");
}

async function readelfEntries(path: string): Promise<string[]> {
  const line = /^ *(\d+): ([0-9a-f]+) +((?:0x)?[0-9a-f]+) (\w+) +(\w+) +\w+ +(?:\[[^\]]*\] +)?(\w+) ?(.*)$/;
  let member = "";
  return (await textOf("readelf", ["-sW", path])).split("\n").flatMap((text) => {
    const file = /^File: .*\((.*)\)$/.exec(text);
    if (file !== null) member = file[1] ?? "";
    const [, number, value = "", size = "", type = "", binding = "", section = "", name = ""] = line.exec(text) ?? [];
    if (number === undefined || number === "0") return [];
    const shown = type === "SECTION" ? "" : name;
    return [
      `${member} ${number} ${shown} ${Number.parseInt(value, 16)} ${Number(size)} ${type} ${binding} ${section} ${classBy(type, binding, section)}`,
    ];
  });
}

async function nmEntries(path: string): Promise<string[]> {
  let member = "";
  return (await textOf("nm", ["--format=posix", "--no-sort", path])).split("\n").flatMap((text) => {
    const file = /^.*\[(.*)\]:$/.exec(text);
    if (file !== null) member = file[1] ?? "";
    const [, name, letter = "", value = "", size = ""] = /^(\S*) ([A-Za-z]) *([0-9a-f]*) *([0-9a-f]*) *$/.exec(text) ?? [];
    if (name === undefined) return [];
    return [
      `${member} ${name} ${value === "" ? "" : Number.parseInt(value, 16)} ${size === "" ? "" : Number.parseInt(size, 16)} ${classOf(letter, value)}`,
    ];
  });
}

function classOf(letter: string, value: string): string {
  if (letter === "U") return "undefined";
  if (letter === "C") return "common";
  if (letter === "u") return "unique";
  if (/[wWvV]/.test(letter)) return value === "" ? "undefinedWeak" : "weak";
  return letter === letter.toLowerCase() ? "local" : "strong";
}

/** The first lines that differ, each with its number. */
function differences(ours: readonly string[], theirs: readonly string[]): string[] {
  const found: string[] = [];
  for (let at = 0; at < Math.max(ours.length, theirs.length) && found.length < 20; at++) {
    if (ours[at] !== theirs[at]) found.push(`${at}: ${ours[at]} | ${theirs[at]}`);
  }
  return found;
}

describe.each(ARCHIVES)("every entry of %s", (_title, path, entries, listed) => {
  it.skipIf(missing.length > 0 || !existsSync(path))(
    "is read as readelf and nm read it",
    async () => {
      const ours = ourEntries(path);
      expect(differences(ours.entries, await readelfEntries(path))).toEqual([]);
      expect(differences(ours.listed, await nmEntries(path))).toEqual([]);
      expect([ours.entries.length, ours.listed.length]).toEqual([entries ?? ours.entries.length, listed ?? ours.listed.length]);
      expect(ours.entries.length).toBeGreaterThan(1000);
      expect(Object.keys(noCounts())).toEqual(
        expect.arrayContaining([...new Set(ours.entries.map((text) => text.slice(text.lastIndexOf(" ") + 1)))]),
      );
    },
    120_000,
  );
});
