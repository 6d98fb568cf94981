/**
 * Owns reading a dump of clang's AST as it comes: hundreds of megabytes, of which only the declarations below the roots are
 * kept. clang writes one key on a line and indents by two, so that a declaration of the unit starts and ends at four spaces.
 */
import type { Readable } from "node:stream";

import { fileAtStart, fillLocations, HEAD_SIZE, type LocationState, skipLocations } from "./locations.js";
import type { AstNode } from "./nodes.js";

const START = "\n    {\n";
const END = "\n    }";
/** How much of what was skipped is looked at again, so that no place is cut in two. */
const OVERLAP = 8192;

/** The declarations of the unit that lie in files for which `isApi` holds, with their places filled in. */
export async function readDump(stream: Readable, isApi: (file: string) => boolean): Promise<AstNode[]> {
  const found: AstNode[] = [];
  const state: LocationState = { file: "", line: 0 };
  const reader = elementReader(state, isApi, (node) => found.push(node));
  for await (const chunk of stream as AsyncIterable<Buffer>) reader(chunk);
  return found;
}

/** Takes the text piece by piece. */
function elementReader(state: LocationState, isApi: (file: string) => boolean, give: (node: AstNode) => void): (chunk: Buffer) => void {
  let mode: "outside" | "undecided" | "kept" | "skipped" = "outside";
  let parts: Buffer[] = [];
  /** The last bytes of the piece before, in which a mark may have begun. */
  let tail: Buffer = Buffer.alloc(0);

  function outside(text: Buffer): Buffer | undefined {
    const start = text.indexOf(START);
    if (start === -1) {
      tail = text.subarray(-START.length);
      return undefined;
    }
    mode = "undecided";
    [parts, tail] = [[], Buffer.alloc(0)];
    return text.subarray(start + 1);
  }

  function inside(text: Buffer): Buffer | undefined {
    const whole = tail.length === 0 ? text : Buffer.concat([tail, text]);
    const end = whole.indexOf(END);
    const piece = end === -1 ? text : whole.subarray(tail.length, end + END.length);
    if (mode === "undecided") decide(piece, end !== -1);
    if (mode === "skipped") skip(piece, end !== -1);
    else if (piece.length > 0 && parts.at(-1) !== piece) parts.push(piece);
    if (end === -1) {
      tail = mode === "skipped" ? whole.subarray(-OVERLAP) : whole.subarray(-END.length);
      return undefined;
    }
    if (mode === "kept") keep();
    mode = "outside";
    tail = Buffer.alloc(0);
    return whole.subarray(end + END.length - 1);
  }

  /** Its first lines tell its file. */
  function decide(piece: Buffer, isWhole: boolean): void {
    parts.push(piece);
    const head = Buffer.concat(parts);
    if (head.length < HEAD_SIZE && !isWhole) return;
    mode = isApi(fileAtStart(head) ?? state.file) ? "kept" : "skipped";
    if (mode === "skipped") skipLocations(head, state);
  }

  function skip(piece: Buffer, isEnd: boolean): void {
    skipLocations(Buffer.concat([tail, piece]), state);
    if (isEnd) parts = [];
  }

  function keep(): void {
    const node = JSON.parse(Buffer.concat(parts).toString("utf8")) as AstNode;
    fillLocations(node, state);
    give(node);
  }

  return (chunk) => {
    let text: Buffer | undefined = mode === "outside" && tail.length > 0 ? Buffer.concat([tail, chunk]) : chunk;
    if (mode === "outside") tail = Buffer.alloc(0);
    while (text !== undefined) text = mode === "outside" ? outside(text) : inside(text);
  };
}
