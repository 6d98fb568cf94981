/** Owns libclang's declarations as values of ours: texts, places, children, diagnostics. Only for a child process of its own. */
import { type AstCursor, type AstLibrary, type AstType, loadAstLibrary } from "./ast-library.js";

/** A place in a file: byte offset from its start, line from 1. */
export interface AstPlace {
  /** Path as the compiler opened it, "" for a place outside of files. */
  readonly file: string;
  readonly line: number;
  readonly offset: number;
}

export interface AstDiagnostic {
  readonly severity: "warning" | "error";
  readonly place: AstPlace;
  readonly column: number;
  readonly text: string;
  /** Of an error: where its notes lie, in their order; that a template was instantiated for something is the last. */
  readonly notes: readonly AstPlace[];
}

export interface AstUnit {
  readonly handle: number;
  readonly root: AstCursor;
  readonly diagnostics: readonly AstDiagnostic[];
  /** The same unit with other contents; undefined when libclang gave up, and then it can only be disposed of. */
  readonly again: (unsaved: ReadonlyMap<string, string>) => AstUnit | undefined;
  readonly dispose: () => void;
}

/** A location by its raw value, as `location`, `start` and `end` give it. */
export type AstLocation = unknown;

export interface Ast {
  readonly lib: AstLibrary;
  readonly version: string;
  /** Parses; undefined when libclang gave up. `unsaved` are contents that stand for those on disk. */
  readonly parse: (args: readonly string[], unsaved: ReadonlyMap<string, string>, flags: number) => AstUnit | undefined;
  readonly children: (cursor: AstCursor) => AstCursor[];
  /** Fields of a class, those of an instantiated one, too. */
  readonly fields: (type: AstType) => AstCursor[];
  /** Of any function that gives a text. */
  readonly text: (value: unknown) => string;
  readonly spelling: (cursor: AstCursor) => string;
  /** Where a location lies for who reads the file: what a macro gives lies where the macro is called. */
  readonly place: (location: AstLocation) => AstPlace;
  readonly start: (cursor: AstCursor) => AstLocation;
  readonly end: (cursor: AstCursor) => AstLocation;
  readonly location: (cursor: AstCursor) => AstLocation;
  /** Whether a macro's text gives what lies there. */
  readonly fileName: (handle: number) => string;
  readonly isFromMacro: (location: AstLocation) => boolean;
}

/** CXDiagnosticSeverity. */
const WARNING = 2;
const ERROR = 3;

/** In the encoding of a location. */
const MACRO_BIT = 0x80000000;

export function openAst(path: string): Ast {
  const lib = loadAstLibrary(path);
  const index = lib.createIndex(0, 0) as number;
  const files = new Map<number, string>();
  const [file, line, column, offset] = [[0], [0], [0], [0]] as const;

  function text(value: unknown): string {
    const chars = lib.chars(value) as string | null;
    lib.disposeText(value);
    return chars ?? "";
  }

  function fileName(handle: number): string {
    if (handle === 0) return "";
    let name = files.get(handle);
    if (name === undefined) files.set(handle, (name = text(lib.fileName(handle))));
    return name;
  }

  function placeBy(find: AstLibrary["expansion"], location: AstLocation): AstPlace {
    find(location, file, line, column, offset);
    return { file: fileName(file[0] as number), line: line[0] as number, offset: offset[0] as number };
  }

  /** A macro's argument lies where it is written, its body where it is called. */
  function isFromMacro(location: AstLocation): boolean {
    if (((location as { readonly data: number }).data & MACRO_BIT) === 0) return false;
    lib.filePlace(location, file, line, column, offset);
    const [ownFile, ownOffset] = [file[0], offset[0]];
    lib.expansion(location, file, line, column, offset);
    return ownFile === file[0] && ownOffset === offset[0];
  }

  function diagnosticsOf(unit: number): AstDiagnostic[] {
    const found: AstDiagnostic[] = [];
    for (let i = 0; i < lib.countDiagnostics(unit); i++) {
      const one = lib.diagnostic(unit, i) as number;
      const severity = lib.severity(one) as number;
      if (severity >= WARNING) {
        const place = placeBy(lib.expansion, lib.diagnosticLocation(one));
        const at = column[0] as number;
        const isError = severity >= ERROR;
        const notes = isError ? notesOf(one) : [];
        found.push({ severity: isError ? "error" : "warning", place, column: at, text: text(lib.diagnosticText(one)), notes });
      }
      lib.disposeDiagnostic(one);
    }
    return found;
  }

  function notesOf(diagnostic: number): AstPlace[] {
    const notes = lib.notes(diagnostic) as number;
    const count = notes === 0 ? 0 : (lib.countNotes(notes) as number);
    return Array.from({ length: count }, (_, i) => {
      const note = lib.note(notes, i) as number;
      const place = placeBy(lib.expansion, lib.diagnosticLocation(note));
      lib.disposeDiagnostic(note);
      return place;
    });
  }

  function unitOf(handle: number, flags: number): AstUnit {
    return {
      handle,
      root: lib.root(handle) as AstCursor,
      diagnostics: diagnosticsOf(handle),
      again: (unsaved) => {
        const given = filesOf(unsaved);
        files.clear();
        return (lib.reparse(handle, given.length, given, flags) as number) === 0 ? unitOf(handle, flags) : undefined;
      },
      dispose: () => void lib.disposeUnit(handle),
    };
  }

  return {
    lib,
    version: text(lib.version()),
    parse: (args, unsaved, flags) => {
      const out = [0];
      const given = filesOf(unsaved);
      const code = lib.parse(index, null, args, args.length, given, given.length, flags, out) as number;
      const handle = out[0] as number;
      return code !== 0 || handle === 0 ? undefined : unitOf(handle, flags);
    },
    children: (cursor) => {
      const found: AstCursor[] = [];
      lib.visit(cursor, (one: AstCursor) => (found.push(one), 1), null);
      return found;
    },
    fields: (type) => {
      const found: AstCursor[] = [];
      lib.visitFields(type, (one: AstCursor) => (found.push(one), 1), null);
      return found;
    },
    text,
    spelling: (cursor) => text(lib.spelling(cursor)),
    place: (location) => placeBy(lib.expansion, location),
    start: (cursor) => lib.rangeStart(lib.extent(cursor)),
    end: (cursor) => lib.rangeEnd(lib.extent(cursor)),
    location: (cursor) => lib.location(cursor),
    fileName,
    isFromMacro,
  };
}

function filesOf(unsaved: ReadonlyMap<string, string>) {
  return [...unsaved].map(([name, contents]) => ({ name, contents, length: Buffer.byteLength(contents) }));
}

export type { AstCursor, AstType };
