/** Owns which files of other endings hold calls of macros that C code includes: `opcodes.def`, `errors.x`. Their first line that is no comment tells. */
import { COMMENTS, LOOKED_AT } from "./bare-header.js";

const ENDING = /\.(?:def|x|xmac|xmacro|tbl|list)$/;

/** Whether a file of this name may be such a list; {@link isMacroList} tells, once its bytes are there. */
export function mayBeMacroList(path: string): boolean {
  return ENDING.test(path);
}

/** A line of the preprocessor, a call, or a declaration. */
const FIRST =
  /^(?:#[ \t]*(?:if|ifn?def|define|undef|include|pragma|error)\b|[A-Za-z_]\w*[ \t]*\(|(?:extern|static|template|namespace|enum|typedef)\b)/;

/** Module definitions, scripts of linkers, and the language of `rpcgen`. */
const OTHER = /^(?:%|(?:EXPORTS|LIBRARY|SECTIONS)\b|[ \t]*program[ \t]+\w+[ \t]*\{)/m;

/** Whether the file holds code. */
export function isMacroList(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, LOOKED_AT)).toString("latin1");
  return FIRST.test(text.slice(COMMENTS.exec(text)?.[0].length ?? 0)) && !OTHER.test(text);
}
