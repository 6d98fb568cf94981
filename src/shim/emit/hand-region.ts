/** Owns the marks of a region in a generated file that belongs to whoever edits it. */
import { plainWords } from "../plan/instances/instance-words.js";

/** `comment` starts a comment of the file's language. */
export function handRegion(name: string, comment = "//"): string[] {
  return [`${comment} unfork:begin-hand ${plainWords(name)}`, `${comment} unfork:end-hand`];
}
