/** Owns what an inventory reads in files that are not C-family code: Java, .proto, export lists. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { ScanPlace } from "../../model/isolation-scan.js";
import { fileError } from "../../support/errors.js";

/** A place with the row that it counts for. */
export interface OtherPlace extends ScanPlace {
  readonly row: string;
}

type Reader = (path: string, text: string) => OtherPlace[];

const READERS: readonly (readonly [RegExp, Reader])[] = [
  [/\.(java|kt)$/, javaFile],
  [/\.proto$/, protoFile],
  [/\.def$/, exportList("def", /^\s*EXPORTS\b/m)],
  [/\.(map|ver|vers|version|exp|exports|syms?|symbols|lds|ldscript)$/, exportList("script", /\b(global|local)\s*:|^\s*_?[A-Za-z]\w+\s*$/m)],
];

/** Reads the files among `paths` that are of such a kind. Throws `input-missing` or `disk`. */
export function readOtherFiles(root: string, paths: readonly string[]): OtherPlace[] {
  return paths.flatMap((path) => {
    const reader = READERS.find(([pattern]) => pattern.test(path))?.[1];
    return reader === undefined ? [] : reader(path, textOf(join(root, path)));
  });
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "latin1");
  } catch (error) {
    throw fileError("read", path, error);
  }
}

function place(row: string, part: string, file: string, text: string, offset: number, name: string): OtherPlace {
  return { row, part, file, line: text.slice(0, offset).split("\n").length, name };
}

/** A file counts by its package, a native method (`native` of Java, `external` of Kotlin) by its name. */
function javaFile(path: string, text: string): OtherPlace[] {
  const code = withoutComments(text);
  const found = /^\s*package\s+([\w.]+)/m.exec(code);
  const methods = [...code.matchAll(/\b(?:native\s[^;={}()]*?|external\s+fun\s+)(\w+)\s*\(/g)];
  return [
    place("java", "file", path, text, found?.index ?? 0, found?.[1] ?? "(default package)"),
    ...methods.map((method) => place("java", "native", path, text, method.index, method[1] ?? "")),
  ];
}

/** Comments and strings blanked, offsets kept. */
function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:[^"\\\n]|\\.)*"/g, (part) => part.replaceAll(/[^\n]/g, " "));
}

/** The package, by runtime; a file without one puts its messages at global scope. */
function protoFile(path: string, text: string): OtherPlace[] {
  const code = text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, (part) => part.replaceAll(/[^\n]/g, " "));
  const found = /^\s*package\s+([\w.]+)\s*;/m.exec(code);
  const isLite = /option\s+optimize_for\s*=\s*LITE_RUNTIME/.test(code);
  return [place("proto", isLite ? "lite" : "full", path, text, found?.index ?? 0, found?.[1] ?? "(no package)")];
}

/** One place per list, at its first name. */
function exportList(part: string, isList: RegExp): Reader {
  return (path, text) => {
    const found = isList.exec(text);
    return found === null ? [] : [place("exports", part, path, text, found.index, path.slice(path.lastIndexOf("/") + 1))];
  };
}
