/** Owns what one file of an application says: its names, qualified ones as they are written, its includes, and which namespaces it opens. */
import type { Interner } from "../../tokens/interner.js";
import { KIND, PUNCTUATION } from "../../tokens/kinds.js";
import { scan } from "../../tokens/scan.js";
import { createStream } from "../../tokens/stream.js";

export interface FileWords {
  /** `Foo`, `webrtc::Foo::Bar`: whole chains, by the line of their first use. */
  readonly chains: ReadonlyMap<string, number>;
  /** Paths of include lines. */
  readonly includes: readonly string[];
  /** Namespaces that it opens or uses: `webrtc`, `webrtc::test`. */
  readonly namespaces: ReadonlySet<string>;
}

const stream = createStream();

export function readWords(bytes: Uint8Array, interner: Interner): FileWords {
  scan(bytes, interner, stream);
  const chains = new Map<string, number>();
  const includes: string[] = [];
  const namespaces = new Set<string>();
  const lineAt = lineCounter(bytes);
  let opens = false;
  for (let at = 0; at < stream.count; at++) {
    if (stream.kinds[at] === KIND.includePath) {
      const text = Buffer.from(bytes.buffer, bytes.byteOffset + (stream.starts[at] as number), length(at)).toString("utf8");
      includes.push(text.slice(1, -1));
    }
    if (stream.kinds[at] !== KIND.identifier) {
      opens = false;
      continue;
    }
    const first = at;
    const words = [word(at)];
    while (isScope(at + 1) && stream.kinds[at + 2] === KIND.identifier) {
      at += 2;
      words.push(word(at));
    }
    const chain = words.join("::");
    if (chain === "namespace") {
      opens = true;
      continue;
    }
    if (opens) namespaces.add(chain);
    opens = false;
    if (!chains.has(chain)) chains.set(chain, lineAt(stream.starts[first] as number));
  }
  return { chains, includes, namespaces };

  function word(at: number): string {
    return interner.name(stream.values[at] as number);
  }
  function isScope(at: number): boolean {
    return stream.kinds[at] === KIND.punctuation && stream.values[at] === PUNCTUATION.scope;
  }
  function length(at: number): number {
    return (stream.ends[at] as number) - (stream.starts[at] as number);
  }
}

/** Asked with rising offsets. */
function lineCounter(bytes: Uint8Array): (offset: number) => number {
  let [line, seen] = [1, 0];
  return (offset) => {
    for (; seen < offset; seen++) if (bytes[seen] === 10) line++;
    return line;
  };
}
