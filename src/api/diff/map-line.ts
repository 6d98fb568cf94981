/** Owns a line of the name map as YAML. */

/** Ready to be pasted under its section. */
export function mapLine(from: string, to: string): string {
  return `${quoted(from)}: ${quoted(to)}`;
}

/** A key with `::` in it is plain text in YAML, since no blank follows; anything unusual is quoted. */
function quoted(text: string): string {
  return /^[A-Za-z_][\w:./+-]*[\w+]$/.test(text) ? text : JSON.stringify(text);
}
