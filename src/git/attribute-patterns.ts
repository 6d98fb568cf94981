/** Owns the question whether a file of attributes may say anything of merges for some paths; git is asked only where it may. */
import type { ByteString } from "./bytes.js";

/** A line that names a driver, or a macro that does. */
const SPEAKS = /(?:^|[ \t])[-!]?(?:merge|binary)(?:=|[ \t\r]|$)/;
/** Plain names, and `*` before a plain ending; see gitattributes(5) and gitignore(5). */
const PLAIN = /^\*?[^*?[\]\\"]+$/;

/** True in doubt: of patterns only the last part is looked at, and macros of the file's own are not followed. */
export function maySpeakOfMerges(text: string, paths: readonly ByteString[]): boolean {
  if (text.includes("[attr]")) return true;
  const lines = text.split("\n").filter((line) => !line.startsWith("#") && SPEAKS.test(line));
  return lines.some((line) => {
    const [pattern = ""] = line.trimStart().split(/[ \t]/, 1);
    const last = pattern.slice(pattern.lastIndexOf("/") + 1);
    return paths.some((path) => mayMatch(last, path.slice(path.lastIndexOf("/") + 1)));
  });
}

function mayMatch(pattern: string, name: ByteString): boolean {
  if (!PLAIN.test(pattern)) return true;
  const [one, other] = [pattern.toLowerCase(), name.toLowerCase()];
  return one.startsWith("*") ? other.endsWith(one.slice(1)) : one === other;
}
