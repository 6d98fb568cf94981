/**
 * Owns the unpacking of zlib streams by a module compiled ahead (assembly/inflate/, WebAssembly): for objects as small as most of git's,
 * setting up Node's own takes several times as long as the unpacking (docs/adr/0012). Node's stands in where there is no module.
 */
import { inflateSync } from "node:zlib";

import { readModule, startModule } from "../../support/compiled-module.js";
import { ownFile } from "../../support/own-files.js";

/** What assembly/inflate/index.ts exports. */
interface Exports {
  readonly memory: { readonly buffer: SharedArrayBuffer };
  readonly room: (input: number, output: number) => number;
  readonly outputAt: () => number;
  readonly inflate: (from: number, size: number) => number;
}

/** The `size` bytes that a stream holds; undefined for a stream that is broken or holds another number. Bytes behind its end do not count. */
export type Inflate = (data: Uint8Array, size: number) => Buffer | undefined;

let own: Inflate | undefined;

export function inflate(data: Uint8Array, size: number): Buffer | undefined {
  own ??= inflateModule(ownFile("git/inflate.wasm")) ?? inflateByNode;
  return own(data, size);
}

/** Larger ones go to Node's, which does not keep the memory. */
const LARGEST = 4 * 1024 * 1024;

/** The module in a file; undefined where it is missing, or this engine has not all that it needs. */
export function inflateModule(path: string): Inflate | undefined {
  try {
    return byModule(startModule<Exports>(readModule(path)));
  } catch {
    return undefined;
  }
}

function byModule(wasm: Exports): Inflate {
  let bytes = new Uint8Array(wasm.memory.buffer);
  return (data, size) => {
    if (size > LARGEST || data.length > 2 * LARGEST) return inflateByNode(data, size);
    const from = wasm.room(data.length, size);
    if (from === 0) return inflateByNode(data, size);
    if (bytes.buffer !== wasm.memory.buffer) bytes = new Uint8Array(wasm.memory.buffer);
    bytes.set(data, from);
    if (wasm.inflate(from, data.length) === 0) return undefined;
    const at = wasm.outputAt();
    return Buffer.from(bytes.subarray(at, at + size));
  };
}

export function inflateByNode(data: Uint8Array, size: number): Buffer | undefined {
  try {
    const content = inflateSync(data, { chunkSize: Math.max(64, size + 1) });
    return content.length === size ? content : undefined;
  } catch {
    return undefined;
  }
}
