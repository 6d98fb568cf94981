/** Owns the marks of a region in a generated file that belongs to whoever edits it. */

/** `comment` starts a comment of the file's language. */
export function handRegion(name: string, comment = "//"): string[] {
  return [`${comment} unfork:begin-hand ${name}`, `${comment} unfork:end-hand`];
}
