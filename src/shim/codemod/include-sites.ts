/** Owns includes of the library's headers in one file. */
import type { HeaderMatch } from "./header-map.js";
import type { ShimNames } from "./shim-names.js";
import type { Site } from "./site.js";
import { includedPath, isIncludePath, type SourceText } from "./source-text.js";

/**
 * The shim's header takes the library's place. Where the file keeps names of the library (`others` that are left), the shim's is put
 * beneath it.
 */
export function includeSites(
  text: SourceText,
  headerOf: (path: string) => HeaderMatch | undefined,
  others: readonly Site[],
  shim: ShimNames,
): Site[] {
  const paths: number[] = [];
  for (let i = 0; i < text.stream.count; i++) if (isIncludePath(text, i)) paths.push(i);
  const included = new Set(paths.map((token) => includedPath(text, token)));
  const stays = others.some(({ left }) => left !== null);
  return paths.flatMap((token): Site[] => {
    const path = includedPath(text, token);
    const match = headerOf(path);
    if (match === undefined) return [];
    const base = { kind: "include" as const, line: text.line(token), name: path };
    const doubt = doubtOf(text, match, stays && included.has(match.to), shim);
    if (doubt !== undefined) return [{ ...base, edits: [], left: { why: "undecided", reason: doubt } }];
    included.add(match.to);
    return [{ ...base, edits: [stays ? beneath(text, token, match.to) : inPlace(text, token, match.to)], left: null }];
  });
}

function doubtOf(text: SourceText, match: HeaderMatch, isThere: boolean, shim: ShimNames): string | undefined {
  if (text.isC && shim.needsCxx) return "this is a C file: it cannot use the shim's C++ names";
  if (!match.sure) return `only the file's name is that of a header of the library (${match.to} would take its place)`;
  return isThere ? "the file still needs the library's header for what stays in it" : undefined;
}

function inPlace({ stream }: SourceText, token: number, to: string): Site["edits"][number] {
  return { start: (stream.starts[token] as number) + 1, end: (stream.ends[token] as number) - 1, text: to };
}

/** A line of its own, with the marks, the indent and the line end of the one above. */
function beneath({ bytes, stream }: SourceText, token: number, to: string): Site["edits"][number] {
  const [start, end] = [stream.starts[token] as number, stream.ends[token] as number];
  const lineStart = bytes.lastIndexOf(10, start) + 1;
  const before = bytes.toString("latin1", lineStart, start + 1);
  const stop = bytes.indexOf(10, end);
  const lineEnd = stop === -1 ? bytes.length : stop;
  const isCrLf = bytes[lineEnd - 1] === 13;
  const at = isCrLf ? lineEnd - 1 : lineEnd;
  const mark = bytes.toString("latin1", end - 1, end);
  return { start: at, end: at, text: `${isCrLf ? "\r\n" : "\n"}${before}${to}${mark}` };
}
