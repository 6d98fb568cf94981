/**
 * Owns the digests of bodies that are made by a module compiled ahead (assembly/bodies/, WebAssembly): it starts at full speed, where
 * a run is over before an engine has compiled body-digest.ts well (docs/adr/0009). It reads relocatable ELF of 64 bit, little-endian, with
 * addends in the relocation tables.
 */
import { readModule, startModule } from "../support/compiled-module.js";
import { UnforkError } from "../support/errors.js";
import { ownFile } from "../support/own-files.js";
import { budgetOf } from "./body-reader.js";
import type { ObjectFile } from "./model.js";
import { EM_ARM, EM_MIPS, EM_PPC64 } from "./processors.js";

/** What assembly/bodies/index.ts exports. */
interface Exports {
  readonly memory: { readonly buffer: SharedArrayBuffer };
  readonly room: (length: number) => number;
  readonly roomFor: (length: number) => number;
  readonly open: (
    headers: number,
    sections: number,
    sectionNames: number,
    sectionNamesLength: number,
    entries: number,
    symbols: number,
    strings: number,
    stringsLength: number,
    classes: number,
    extended: number,
    machine: number,
    budget: number,
  ) => number;
  readonly digest: (symbol: number) => number;
}

/** The digest of a definition, or undefined where something is odd: from then on the module says nothing of this object. */
export type NativeBodies = (index: number) => string | undefined;

/** One instance of the module: it holds one object at a time. */
export interface BodyModule {
  /** Undefined for an object that the module does not read. */
  readonly open: (object: ObjectFile) => NativeBodies | undefined;
}

/** Larger objects are read section by section. */
const LARGEST = 0x400_0000;
/** Their relocations, code or functions are not read here. */
const OTHERS = new Set([EM_MIPS, EM_ARM, EM_PPC64]);

let own: { readonly module: BodyModule | undefined } | undefined;

/** The same, with the module that was built; undefined also where there is none (in the sources). */
export function openNative(object: ObjectFile): NativeBodies | undefined {
  return (own ??= { module: bodyModule(ownFile("objects/bodies.wasm")) }).module?.open(object);
}

/** The module in a file; undefined where it is missing, or this processor or engine has not all that it needs. */
export function bodyModule(path: string): BodyModule | undefined {
  try {
    return moduleOf(startModule<Exports>(readModule(path)));
  } catch {
    return undefined;
  }
}

function moduleOf(wasm: Exports): BodyModule {
  let held: ObjectFile | undefined;
  let { buffer } = wasm.memory;
  let bytes = Buffer.from(buffer);
  let halves = new Uint16Array(buffer);

  /** Views of all of the module's memory, which may have grown. */
  function look(): void {
    if (buffer === wasm.memory.buffer) return;
    buffer = wasm.memory.buffer;
    bytes = Buffer.from(buffer);
    halves = new Uint16Array(buffer);
  }

  function put(at: number, data: Uint8Array): number {
    look();
    bytes.set(data, at);
    return at;
  }

  function load(object: ObjectFile): boolean {
    const { sections, symbols, view } = object;
    const whole = view.bytes;
    held = undefined;
    const start = put(wasm.room(whole.length), whole);
    /** Where a part lies: among the object's bytes, else it is put behind them. */
    function place({ buffer: around, byteOffset, byteLength }: Uint8Array | DataView): number {
      const offset = byteOffset - whole.byteOffset;
      if (around === whole.buffer && offset >= 0 && offset + byteLength <= whole.length) return start + offset;
      return put(wasm.roomFor(byteLength), new Uint8Array(around, byteOffset, byteLength));
    }
    const opened = wasm.open(
      place(sections.headers),
      sections.count,
      place(sections.names.bytes),
      sections.names.bytes.length,
      place(symbols.entries),
      symbols.count,
      place(symbols.strings.bytes),
      symbols.strings.bytes.length,
      place(symbols.classes),
      symbols.extended === null ? 0 : place(symbols.extended),
      object.machine,
      budgetOf(object),
    );
    if (opened !== 0) held = object;
    return opened !== 0;
  }

  function digestOf(index: number): string | undefined {
    const at = wasm.digest(index) / 2;
    if (at === 0) return undefined;
    look();
    const half = (number: number): number => halves[at + number] ?? 0;
    return String.fromCharCode(half(0), half(1), half(2), half(3), half(4), half(5), half(6), half(7));
  }

  function open(object: ObjectFile): NativeBodies | undefined {
    if (object.format !== "elf" || object.bits !== 64 || !object.littleEndian || object.kind !== "relocatable") return undefined;
    if (object.view.size > LARGEST || OTHERS.has(object.machine) || !namesHaveEnds(object) || !attempt(object)) return undefined;
    return (index) => {
      try {
        return held === object || load(object) ? digestOf(index) : undefined;
      } catch (error) {
        return stopped(error);
      }
    };
  }

  function attempt(object: ObjectFile): boolean {
    try {
      return load(object);
    } catch (error) {
      return stopped(error) ?? false;
    }
  }

  return { open };
}

/** Whether no name runs out of its table: the module compares names up to where they differ, the other reader takes each whole. */
function namesHaveEnds({ sections, symbols }: ObjectFile): boolean {
  return [sections.names.bytes, symbols.strings.bytes].every((bytes) => bytes.length === 0 || bytes.at(-1) === 0);
}

/** The module stops where there is no more memory for it: then the plain reader goes on. What was refused stays refused. */
function stopped(error: unknown): undefined {
  if (error instanceof UnforkError) throw error;
  return undefined;
}
