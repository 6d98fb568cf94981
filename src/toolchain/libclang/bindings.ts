/**
 * Owns the calls into libclang (clang-c/Index.h, stable since version 3). Only for a child process of its own: the
 * library can end its process on input that it does not understand.
 */
import koffi from "koffi";

/** Handles are opaque; cursors and locations are structures that are passed by value. */
export type Handle = unknown;

export interface Cursor {
  readonly kind: number;
  readonly xdata: number;
  readonly data: readonly Handle[];
}

export interface FilePlace {
  /** Path as the compiler opened it, or "" for places outside of files. */
  readonly file: string;
  readonly line: number;
  readonly offset: number;
}

/** CXCursorKind, as far as it is asked for. */
export const CURSOR = {
  namespace: 22,
  namespaceAlias: 33,
  namespaceReference: 46,
  declarationReference: 101,
  string: 109,
  lastDeclaration: 39,
  lastReference: 50,
} as const;

/** CXChildVisitResult. */
export const VISIT = { stop: 0, next: 1, inside: 2 } as const;

/** CXDiagnosticSeverity from which a unit does not count. */
const ERROR = 3;

/** A unit in memory, parsed. */
export interface ParsedUnit {
  readonly root: Cursor;
  readonly errors: readonly string[];
  readonly dispose: () => void;
}

export interface Clang {
  readonly version: string;
  /** Parses; undefined when libclang gave up. `unsaved` are contents that stand for those on disk. */
  readonly parse: (args: readonly string[], unsaved: ReadonlyMap<string, Buffer>) => ParsedUnit | undefined;
  readonly visit: (cursor: Cursor, visitor: (cursor: Cursor, parent: Cursor) => number) => void;
  readonly spelling: (cursor: Cursor) => string;
  /** Where the token stands that is written in a file: of a macro's argument its own place, of a macro's body that of the call. */
  readonly place: (cursor: Cursor) => FilePlace;
  readonly inSystemHeader: (cursor: Cursor) => boolean;
  readonly isUnit: (cursor: Cursor) => boolean;
  readonly referenced: (cursor: Cursor) => Cursor;
  readonly parent: (cursor: Cursor) => Cursor;
}

/** Loads the library. */
export function loadClang(path: string): Clang {
  const library = koffi.load(path);
  const text = koffi.struct("CXString", { data: "const void *", private_flags: "uint" });
  const cursor = koffi.struct("CXCursor", { kind: "int", xdata: "int", data: koffi.array("void *", 3) });
  const location = koffi.struct("CXSourceLocation", { ptr_data: koffi.array("void *", 2), int_data: "uint" });
  const unsavedFile = koffi.struct("CXUnsavedFile", { Filename: "const char *", Contents: "const char *", Length: "ulong" });
  const visitor = koffi.proto("CXCursorVisitor", "int", [cursor, cursor, "void *"]);
  const call = {
    createIndex: library.func("clang_createIndex", "void *", ["int", "int"]),
    parse: library.func("clang_parseTranslationUnit2", "int", [
      "void *",
      "const char *",
      "const char **",
      "int",
      koffi.pointer(unsavedFile),
      "uint",
      "uint",
      koffi.out(koffi.pointer("void *")),
    ]),
    dispose: library.func("clang_disposeTranslationUnit", "void", ["void *"]),
    root: library.func("clang_getTranslationUnitCursor", cursor, ["void *"]),
    visit: library.func("clang_visitChildren", "uint", [cursor, koffi.pointer(visitor), "void *"]),
    spelling: library.func("clang_getCursorSpelling", text, [cursor]),
    chars: library.func("clang_getCString", "const char *", [text]),
    disposeText: library.func("clang_disposeString", "void", [text]),
    location: library.func("clang_getCursorLocation", location, [cursor]),
    place: library.func("clang_getFileLocation", "void", [
      location,
      koffi.out(koffi.pointer("void *")),
      koffi.out(koffi.pointer("uint")),
      koffi.out(koffi.pointer("uint")),
      koffi.out(koffi.pointer("uint")),
    ]),
    fileName: library.func("clang_getFileName", text, ["void *"]),
    inSystemHeader: library.func("clang_Location_isInSystemHeader", "int", [location]),
    referenced: library.func("clang_getCursorReferenced", cursor, [cursor]),
    parent: library.func("clang_getCursorSemanticParent", cursor, [cursor]),
    isUnit: library.func("clang_isTranslationUnit", "uint", ["int"]),
    countDiagnostics: library.func("clang_getNumDiagnostics", "uint", ["void *"]),
    diagnostic: library.func("clang_getDiagnostic", "void *", ["void *", "uint"]),
    severity: library.func("clang_getDiagnosticSeverity", "int", ["void *"]),
    format: library.func("clang_formatDiagnostic", text, ["void *", "uint"]),
    disposeDiagnostic: library.func("clang_disposeDiagnostic", "void", ["void *"]),
    version: library.func("clang_getClangVersion", text, []),
  };
  const index: Handle = call.createIndex(0, 0);

  function textOf(value: Handle): string {
    const chars = call.chars(value) as string | null;
    call.disposeText(value);
    return chars ?? "";
  }

  function errorsOf(unit: Handle): string[] {
    const found: string[] = [];
    for (let i = 0; i < call.countDiagnostics(unit); i++) {
      const diagnostic: Handle = call.diagnostic(unit, i);
      if (call.severity(diagnostic) >= ERROR) found.push(textOf(call.format(diagnostic, 1)));
      call.disposeDiagnostic(diagnostic);
    }
    return found;
  }

  return {
    version: textOf(call.version()),
    parse: (args, unsaved) => {
      const out: Handle[] = [null];
      const files = [...unsaved].map(([name, contents]) => ({ Filename: name, Contents: contents, Length: contents.length }));
      const code = call.parse(index, null, args, args.length, files, files.length, 0, out) as number;
      if (code !== 0 || out[0] === null) return undefined;
      const unit = out[0];
      return { root: call.root(unit) as Cursor, errors: errorsOf(unit), dispose: () => void call.dispose(unit) };
    },
    visit: (from, visit) => void call.visit(from, (one: Cursor, around: Cursor) => visit(one, around), null),
    spelling: (one) => textOf(call.spelling(one)),
    place: (one) => {
      const [file, line, column, offset]: [Handle[], number[], number[], number[]] = [[null], [0], [0], [0]];
      call.place(call.location(one), file, line, column, offset);
      return { file: file[0] === null ? "" : textOf(call.fileName(file[0])), line: line[0] ?? 0, offset: offset[0] ?? 0 };
    },
    inSystemHeader: (one) => call.inSystemHeader(call.location(one)) !== 0,
    isUnit: (one) => call.isUnit(one.kind) !== 0,
    referenced: (one) => call.referenced(one) as Cursor,
    parent: (one) => call.parent(one) as Cursor,
  };
}
