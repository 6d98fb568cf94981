/** Owns what a file with the ending `.inc` is: a piece of C, of NASM, of a makefile, or of RPG. Its first line that tells decides. */

/** Lines are looked at so far. */
const BYTES = 1 << 14;

const C_LINE =
  /^(\/[/*]|#\s*(include|include_next|import|define|undef|ifn?def|if|elif|elifn?def|else|endif|pragma|error|warning|line|ident|\d+)\b|#$|extern\b|static\b|typedef\b|template\b|namespace\b|using\b|[{}])/;
const NASM_LINE =
  /^(;|%\s*(i?x?define|i?macro|include|ifn?(def|idn)?|assign|error|pragma|use|push|rep|endif)\b|(section|global|extern|cextern|bits|align)\s+[\w.$]+\s*($|;))/i;
const MAKE_LINE = /^(#|\.?[\w$(){}./%-]+\s*([:+?]?=|:(\s|$))|(ifn?eq|ifn?def|endif|-?include|export)\b)/;

/** RPG of IBM i: its directives, and specifications by the letter in column 6 (ILE RPG Language Reference). */
const RPG_LINE = /^\s*\/(?:if (?:not )?defined\(|define \w+$|copy |end-free\b|free\b|eject\b)|^ {5}[DFHPIO] +\w+ +/i;

/** The language of such a file; undefined: a makefile, or another that is no code. */
export function fragmentLanguage(bytes: Uint8Array): "fragment" | "nasm" | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, BYTES)).toString("latin1");
  for (const raw of text.split("\n")) {
    if (RPG_LINE.test(raw.trimEnd())) return undefined;
    const line = raw.trim();
    if (C_LINE.test(line)) return "fragment";
    if (NASM_LINE.test(line)) return "nasm";
    if (line !== "" && MAKE_LINE.test(line) && !/[;,]$/.test(line)) return undefined;
    if (/[;{}]$/.test(line)) return "fragment";
  }
  return "fragment";
}

/** Whether a file that the C preprocessor reads is a piece of NASM once it has been through it. */
export function makesNasm(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes("\n%define ");
}
