/** Owns the reading of what compilers and linkers print (gcc and clang formats). */

/** A complaint as printed; `file` is as the compiler named it. */
export interface Diagnostic {
  readonly file: string;
  /** 0 when the complaint has no line. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

const PLACED = /^(\S.*?):(\d+):(?:(\d+):)? (?:fatal )?error: (.*)$/;
const UNPLACED = /^\S*(?:gcc|g\+\+|clang|clang\+\+|cc1|cc1plus|collect2|c\+\+|as)(?:-[\d.]+)?: (?:fatal )?error: (.*)$/;
const UNDEFINED = /undefined reference to [`'‘](.*)['’]$/;
const DUPLICATE = /multiple definition of [`'‘](.*?)['’]/;
const CLANG_LINK = /^\S*(?:ld\.lld|lld|mold|ld64\.lld): error: (.*)$/;

/** All errors in `text`, in order; linker complaints have no line. Warnings and notes are left out. */
export function diagnosticsIn(text: string, source: string): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const line of text.split("\n")) {
    const one = placed(line) ?? linkError(line, source) ?? unplaced(line, source);
    if (one !== undefined) found.push(one);
  }
  return found.some((one) => !isSummary(one)) ? found.filter((one) => !isSummary(one)) : found;
}

function placed(line: string): Diagnostic | undefined {
  const match = PLACED.exec(line);
  if (match === null) return undefined;
  const [, file = "", row = "0", column = "0", message = ""] = match;
  return { file, line: Number(row), column: Number(column), message };
}

function linkError(line: string, source: string): Diagnostic | undefined {
  const missing = UNDEFINED.exec(line)?.[1];
  const twice = DUPLICATE.exec(line)?.[1];
  const lld = CLANG_LINK.exec(line)?.[1];
  const message = missing !== undefined ? `undefined reference to '${missing}'` : twice !== undefined ? multiple(line, twice) : lld;
  return message === undefined ? undefined : { file: source, line: 0, column: 0, message };
}

function multiple(line: string, name: string): string {
  const places = /^(?:\S*ld: )?(.*?):?(?:\(.*?\)): multiple definition of .*?; (.*?):?(?:\(.*?\)): first defined here$/.exec(line);
  return places === null ? `multiple definition of '${name}'` : `multiple definition of '${name}': in ${places[2]} and in ${places[1]}`;
}

function unplaced(line: string, source: string): Diagnostic | undefined {
  const message = UNPLACED.exec(line)?.[1];
  return message === undefined ? undefined : { file: source, line: 0, column: 0, message };
}

/** "ld returned 1 exit status" and clang's "linker command failed" say nothing when the reason stands before them. */
function isSummary(one: Diagnostic): boolean {
  return /returned \d+ exit status$|^linker command failed/.test(one.message);
}
