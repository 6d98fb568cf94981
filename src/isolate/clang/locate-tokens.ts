/** Owns the step from a reported token (file and line) to the byte offsets of the word in the file. */
import { createInterner } from "../../tokens/interner.js";
import { KIND } from "../../tokens/kinds.js";
import { scan } from "../../tokens/scan.js";
import { createStream } from "../../tokens/stream.js";
import type { OpenToken } from "./model.js";
import { lineStarts } from "../../tokens/lines.js";

/** A token as isolation reports it. */
export interface ReportedToken {
  readonly file: string;
  readonly line: number;
  readonly token: string;
}

/** Every occurrence of the reported words on their lines, in the order of the report; `read` gives a file's bytes. */
export function locateTokens(reported: readonly ReportedToken[], read: (file: string) => Uint8Array): OpenToken[] {
  const byFile = new Map<string, ReportedToken[]>();
  for (const one of reported) byFile.set(one.file, [...(byFile.get(one.file) ?? []), one]);
  return [...byFile].flatMap(([file, list]) => inFile(file, list, read(file)));
}

function inFile(file: string, list: readonly ReportedToken[], bytes: Uint8Array): OpenToken[] {
  const interner = createInterner(1 << 10);
  const stream = createStream();
  scan(bytes, interner, stream);
  const found = new Map<string, OpenToken>();
  const lines = lineStarts(bytes);
  for (const { line, token } of list) {
    const name = token.replace(/##$/, "");
    const [from, to] = [lines[line - 1] ?? 0, lines[line] ?? bytes.length];
    for (let i = 0; i < stream.count; i++) {
      const offset = stream.starts[i] as number;
      if (offset < from || offset >= to || stream.kinds[i] !== KIND.identifier) continue;
      if (interner.name(stream.values[i] as number) === name) found.set(`${offset} ${token}`, { file, offset, name: token });
    }
  }
  return [...found.values()];
}
