/** Owns which files that are no C-family code name the tree's symbols, and how each kind is lengthened. */
import type { ExtraInsertion } from "../decide/file-edits.js";
import { javaInsertions } from "./java.js";
import { madeFrom } from "../code-files.js";
import { m4Insertions } from "./m4-assembler.js";
import { makefileInsertions } from "./makefile-texts.js";
import { definitionInsertions } from "./module-definition.js";
import { protoInsertions } from "./proto.js";
import { exportListInsertions } from "./export-list.js";
import { versionScriptInsertions } from "./version-script.js";
import type { FlavoredNames } from "./flavored-names.js";

/** A kind of file beside the code. */
export type Format = "proto" | "version-script" | "export-list" | "module-definition" | "java" | "m4" | "makefile";

const BY_ENDING: ReadonlyMap<string, Format> = new Map<string, Format>([
  ["proto", "proto"],
  ...each("version-script", ["map", "ver", "v", "lds", "ldscript", "version", "vers", "script", "vscript", "versions", "symver"]),
  ...each("export-list", ["exp", "exports", "export", "expsym", "sym", "syms", "symbols", "lst"]),
  ["def", "module-definition"],
  ["m4", "m4"],
  ["mk", "makefile"],
  ...each("java", ["java", "kt", "kts", "groovy", "pro", "flags"]),
]);

function each(format: Format, endings: readonly string[]): [string, Format][] {
  return endings.map((ending) => [ending, format]);
}

/** Names of files without an ending of their own. */
const BY_NAME: readonly (readonly [RegExp, Format])[] = [
  [/exported_symbols|unexported|export[s_-]?list|\.exports?\b/i, "export-list"],
  [/version[_-]?script|symbols?\.map|map-?file/i, "version-script"],
  [/^proguard|^AndroidManifest\.xml$/i, "java"],
];

/** The format that a file's name speaks of, that of a template (`lib.map.in`) by the name of what is made of it; what it holds decides whether there is anything to change. */
export function formatOf(path: string): Format | undefined {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const made = madeFrom(name);
  return BY_ENDING.get(made.slice(made.lastIndexOf(".") + 1)) ?? BY_NAME.find(([pattern]) => pattern.test(name))?.[1];
}

const READERS: Readonly<Record<Format, (text: string, names: FlavoredNames) => ExtraInsertion[]>> = {
  proto: protoInsertions,
  "version-script": versionScriptInsertions,
  "export-list": exportListInsertions,
  "module-definition": definitionInsertions,
  java: javaInsertions,
  m4: m4Insertions,
  makefile: makefileInsertions,
};

/** What is inserted into a file of the format, in ascending order; nothing where it holds no renamed name. */
export function formatInsertions(format: Format, bytes: Buffer, names: FlavoredNames): ExtraInsertion[] {
  if (format === "java" && names.packages.length === 0) return [];
  return READERS[format](bytes.toString("latin1"), names).toSorted((a, b) => a.offset - b.offset);
}
