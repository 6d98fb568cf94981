/**
 * Owns the scanner that is compiled ahead (assembly/, a WebAssembly module with SIMD): it starts at full speed and
 * scans about twice as fast as scan.ts, which says what the tokens are (docs/adr/0007).
 */
import { readModule, startModule } from "../support/compiled-module.js";
import { ownFile } from "../support/own-files.js";
import type { TokenStream } from "./stream.js";

/** A number that the module exports. */
interface Global {
  readonly value: number;
}

/** What assembly/index.ts exports. */
interface Exports {
  /** Shared, so that views of it stay valid when it grows. */
  readonly memory: { readonly buffer: SharedArrayBuffer };
  readonly openTable: (capacity: number) => void;
  readonly size: () => number;
  readonly intern: (at: number, length: number) => number;
  readonly find: (at: number, length: number) => number;
  readonly nameStart: (id: number) => number;
  readonly nameLength: (id: number) => number;
  readonly setRoles: (at: number, length: number) => void;
  readonly writeNames: (at: number, length: number) => number;
  readonly readNames: (from: number, end: number) => void;
  readonly take: (bytes: number) => number;
  readonly prepare: (length: number) => number;
  readonly capacity: () => number;
  readonly scan: (length: number, dialect: number) => number;
  readonly braceTokens: () => number;
  readonly collect: () => number;
  readonly stands: (id: number) => number;
  readonly hitsFound: () => number;
  readonly directivesFound: () => number;
  readonly pastesFound: () => number;
  readonly kinds: Global;
  readonly starts: Global;
  readonly ends: Global;
  readonly values: Global;
  readonly braces: Global;
  readonly hits: Global;
  readonly directives: Global;
  readonly pastes: Global;
  readonly ids: Global;
}

/** What {@link Native.collect} found in the file scanned last; views, valid until the next call. */
export interface Collected {
  readonly hits: Int32Array;
  readonly directives: Int32Array;
  readonly pastes: Int32Array;
  /** Each identifier of the file once: `id << 1`, plus 1 when it also stands as a member. */
  readonly ids: Int32Array;
}

/** One instance: a table of identifiers and the buffers of one file. */
export interface Native {
  readonly intern: (bytes: Uint8Array) => number;
  readonly find: (bytes: Uint8Array) => number;
  readonly name: (id: number) => string;
  readonly size: () => number;
  /** The first `count` names, each followed by a newline. */
  readonly names: (count: number) => Buffer;
  readonly internNames: (names: Uint8Array) => void;
  /** Scans into the stream, whose arrays become views of the module's memory. False: too big for the module. */
  readonly scan: (bytes: Uint8Array, stream: TokenStream, dialect: number) => boolean;
  /** Whether the stream still holds the tokens of this instance's last scan. */
  readonly holds: (stream: TokenStream) => boolean;
  /** The notable tokens of the last scan; `roles` by id say which identifiers are hits. */
  readonly collect: (roles: Uint8Array) => Collected;
  /** Whether the identifier stands in the file that was collected last. */
  readonly stands: (id: number) => boolean;
}

/** Larger files would need more than the 4 GiB that a module can address: 37 bytes per byte of input. */
const LARGEST = 64 << 20;

const SCRATCH_BYTES = 1 << 16;

let ownModule: { readonly module: object | undefined } | undefined;

/** The module, compiled once when first asked for; undefined where it is missing (in the sources) or this processor or engine has no SIMD. */
function compiled(): object | undefined {
  return (ownModule ??= { module: compile(ownFile("tokens/scanner.wasm")) }).module;
}

function compile(path: string): object | undefined {
  try {
    return readModule(path);
  } catch {
    return undefined;
  }
}

/** An instance of the module with room for `capacity` identifiers (a power of two), or undefined where there is none. */
export function createNative(capacity: number, module = compiled()): Native | undefined {
  if (module === undefined) return undefined;
  const wasm = startModule<Exports>(module);
  wasm.openTable(capacity);
  let scratch = wasm.take(SCRATCH_BYTES);
  let scratchBytes = SCRATCH_BYTES;
  let held: TokenStream | undefined;
  let buffer = wasm.memory.buffer;
  let bytesOf = Buffer.from(buffer);
  let roles = new Uint8Array(0);

  function memory(): Buffer {
    if (buffer === wasm.memory.buffer) return bytesOf;
    buffer = wasm.memory.buffer;
    bytesOf = Buffer.from(buffer);
    return bytesOf;
  }

  function put(bytes: Uint8Array): number {
    if (bytes.length + 16 > scratchBytes) {
      scratchBytes = bytes.length * 2 + 16;
      scratch = wasm.take(scratchBytes);
    }
    memory().set(bytes, scratch);
    return scratch;
  }

  function name(id: number): string {
    const at = wasm.nameStart(id);
    return memory().toString("latin1", at, at + wasm.nameLength(id));
  }

  function scan(bytes: Uint8Array, stream: TokenStream, dialect: number): boolean {
    if (bytes.length > LARGEST) return false;
    const at = wasm.prepare(bytes.length);
    memory().set(bytes, at);
    const count = wasm.scan(bytes.length, dialect);
    held = stream;
    point(stream);
    stream.count = count;
    stream.braceCount = wasm.braceTokens();
    return true;
  }

  /** Makes the stream's arrays views of the memory as it is now. */
  function point(stream: TokenStream): void {
    const start = wasm.kinds.value;
    if (stream.kinds.buffer === wasm.memory.buffer && stream.kinds.byteOffset === start) return;
    const room = wasm.capacity();
    const ints = (global: Global): Int32Array => new Int32Array(wasm.memory.buffer, global.value, room);
    stream.kinds = new Uint8Array(wasm.memory.buffer, start, room);
    stream.starts = ints(wasm.starts);
    stream.ends = ints(wasm.ends);
    stream.values = ints(wasm.values);
    stream.braces = ints(wasm.braces);
  }

  function holds(stream: TokenStream): boolean {
    return held === stream && stream.kinds.buffer === wasm.memory.buffer && stream.kinds.byteOffset === wasm.kinds.value;
  }

  function collect(given: Uint8Array): Collected {
    giveRoles(given);
    const ids = wasm.collect();
    const view = (global: Global, length: number): Int32Array => new Int32Array(wasm.memory.buffer, global.value, length);
    return {
      hits: view(wasm.hits, wasm.hitsFound()),
      directives: view(wasm.directives, wasm.directivesFound()),
      pastes: view(wasm.pastes, wasm.pastesFound()),
      ids: view(wasm.ids, ids),
    };
  }

  /** Hands the roles over when they changed; ids beyond their end have none. */
  function giveRoles(given: Uint8Array): void {
    if (roles.length === given.length && Buffer.compare(roles, given) === 0) return;
    roles = given.slice();
    const at = put(given);
    wasm.setRoles(at, given.length);
    if (held !== undefined) point(held);
  }

  function names(count: number): Buffer {
    const length = wasm.writeNames(0, count);
    const at = wasm.take(length);
    wasm.writeNames(at, count);
    return Buffer.from(memory().subarray(at, at + length));
  }

  function internNames(given: Uint8Array): void {
    const at = wasm.take(given.length + 16);
    memory().set(given, at);
    wasm.readNames(at, at + given.length);
  }

  const intern = (bytes: Uint8Array): number => wasm.intern(put(bytes), bytes.length);
  const find = (bytes: Uint8Array): number => wasm.find(put(bytes), bytes.length);
  const stands = (id: number): boolean => wasm.stands(id) !== 0;
  return { intern, find, name, size: wasm.size, names, internNames, scan, holds, collect, stands };
}
