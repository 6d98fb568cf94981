/** Owns reading the headers of a question by libclang: one generated unit, one walk. */
import { resolve } from "node:path";

import type { ApiSnapshot } from "../../../model/api-snapshot.js";
import { type Ast, type AstCursor, type AstType, type AstUnit, openAst } from "../../../toolchain/libclang/ast.js";
import { DECLARATION as D, PARSE } from "../../../toolchain/libclang/ast-kinds.js";
import type { SnapshotAnswer, SnapshotQuestion } from "../model.js";
import { type ApiFiles, apiFiles, unitPath } from "../places.js";
import { instancesOf } from "../instances.js";
import { openTexts } from "../text/source-texts.js";
import { OWN_TYPES, unitText } from "../unit-text.js";
import { withValues } from "../constants/macro-values.js";
import { askValues } from "./ask-values.js";
import { readInstances } from "./instances/read-instances.js";
import { declarationsOf } from "./declarations.js";
import { learnNames } from "./learn-names.js";
import { macrosOf } from "./macros.js";
import { namesOf } from "./names.js";
import type { Reader } from "./reader.js";
import { typesOf } from "./types.js";

/** CXType_Char_S. */
const SIGNED_CHAR = 13;

export function readUnit(question: SnapshotQuestion): SnapshotAnswer {
  const ast = openAst(question.tool);
  const path = unitPath(question, question.directory);
  const files = apiFiles(question.roots, question.directory, path);
  const flags = PARSE.macros | PARSE.incomplete | PARSE.skipBodies | PARSE.keepGoing;
  const unit = ast.parse(["-w", "-ferror-limit=0", ...question.arguments, path], new Map([[path, unitText(question.headers)]]), flags);
  if (unit === undefined) return { status: "failed", reason: "libclang could not read the unit" };
  const top = ast.children(unit.root);
  const reader = readerOf(ast, files);
  const isC = question.language === "c";
  const found = declarationsOf(reader, top, isC);
  const target = targetOf(ast, unit, top);
  const written = macrosOf(reader, top, meetIncluded(ast, files, top, question));
  const macros = withValues(written.macros, { long: target.widths.long, isCpp: !isC }, (left) => {
    const defining = left.map(({ name }) => written.files.get(name) ?? "");
    return askValues(ast, question, [...new Set(defining)], left);
  });
  const used = instancesOf(found.declarations, sizesOf(reader));
  const instances = readInstances(ast, question, used, found.declarations, (_unit, all, own) => {
    const again = readerOf(ast, apiFiles(question.roots, question.directory, own));
    learnNames(again, all);
    return again;
  });
  const snapshot: ApiSnapshot = {
    format: "unfork-api-snapshot",
    version: 1,
    engine: { name: "libclang", version: ast.version },
    language: question.language,
    standard: question.standard,
    ...target,
    headers: question.headers.map(({ name }) => name),
    files: files.met(),
    ...found,
    macros,
    ...instances,
    diagnostics: diagnosticsOf(unit, files),
  };
  return { status: "read", snapshot };
}

function readerOf(ast: Ast, files: ApiFiles): Reader {
  const placeOf = (cursor: AstCursor): string => {
    const at = ast.place(ast.location(cursor));
    return `${files.pathOf(at.file) ?? at.file}:${at.line}`;
  };
  const names = namesOf(ast, placeOf);
  const system = new Map<number, boolean>();
  const isSystem = (declaration: AstCursor): boolean => {
    let known = system.get(declaration.a);
    if (known === undefined) {
      const location = ast.location(declaration);
      known = files.pathOf(ast.place(location).file) === undefined && ast.lib.inSystemHeader(location) !== 0;
      system.set(declaration.a, known);
    }
    return known;
  };
  return { ast, names, types: typesOf(ast, names, isSystem), texts: openTexts(), files };
}

/** The files below the roots that were read, as the compiler opened them. */
function meetIncluded(ast: Ast, files: ApiFiles, top: readonly AstCursor[], { headers }: SnapshotQuestion): Set<string> {
  const included = top.filter(({ kind }) => kind === D.inclusion);
  const paths = [...included.map((cursor) => ast.fileName(ast.lib.includedFile(cursor) as number)), ...headers.map(({ path }) => path)];
  return new Set(paths.filter((path) => files.pathOf(path) !== undefined));
}

function targetOf(ast: Ast, unit: AstUnit, top: readonly AstCursor[]): Pick<ApiSnapshot, "target" | "widths"> {
  const info = ast.lib.targetInfo(unit.handle) as number;
  const own = new Map(top.filter(({ kind }) => kind === D.typedef).map((cursor) => [ast.spelling(cursor), cursor]));
  const typeOf = (name: string): AstType => ast.lib.typedefTarget(own.get(name)) as AstType;
  return {
    target: ast.text(ast.lib.triple(info)),
    widths: {
      pointer: (ast.lib.pointerWidth(info) as number) / 8,
      long: ast.lib.size(typeOf(OWN_TYPES.long)) as number,
      wchar: ast.lib.size(typeOf(OWN_TYPES.wchar)) as number,
      char: typeOf(OWN_TYPES.char).kind === SIGNED_CHAR ? "signed" : "unsigned",
    },
  };
}

function sizesOf({ ast, types }: Reader) {
  return [...types.instances].map(([type, own]) => ({ type, size: Number(ast.lib.size(own)), align: Number(ast.lib.align(own)) }));
}

/** Errors outside of the roots are told by their path as it was opened. */
function diagnosticsOf({ diagnostics }: AstUnit, files: ApiFiles): ApiSnapshot["diagnostics"] {
  return diagnostics.map(({ severity, place, column, text }) => ({
    severity,
    place: place.file === "" ? null : { file: files.pathOf(place.file) ?? resolve(place.file), line: place.line },
    column,
    text,
  }));
}
