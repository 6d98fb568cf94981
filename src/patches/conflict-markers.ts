/** Owns conflict markers: whether a person left some, and those around two whole files. */

const MARKER = /^(?:<{7}|\|{7}|>{7}) .*$|^={7}$/gm;

/** Whether the text holds a marker line that none of the sides has by itself. */
export function hasMarkers(text: Buffer, sides: readonly Buffer[]): boolean {
  const own = new Set(sides.flatMap((side) => markersOf(side)));
  return markersOf(text).some((line) => !own.has(line));
}

function markersOf(text: Buffer): string[] {
  return text.toString("latin1").replaceAll("\r\n", "\n").match(MARKER) ?? [];
}

/** Both files whole between markers, for a path that one side does not have. */
export function wholeFileMarkers(
  ours: { readonly label: string; readonly content: Buffer },
  theirs: { readonly label: string; readonly content: Buffer },
): Buffer {
  return Buffer.concat([
    Buffer.from(`<<<<<<< ${ours.label}\n`),
    terminated(ours.content),
    Buffer.from("=======\n"),
    terminated(theirs.content),
    Buffer.from(`>>>>>>> ${theirs.label}\n`),
  ]);
}

function terminated(content: Buffer): Buffer {
  return content.length === 0 || content.at(-1) === 0x0a ? content : Buffer.concat([content, Buffer.from("\n")]);
}
