/** Owns files that exist in memory only: what lies below a prefix is answered here, everything else by the system. */
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

export interface MemoryFiles {
  readonly write: (path: string, bytes: Buffer) => void;
  readonly clear: () => void;
  /** Puts the system's functions back. */
  readonly close: () => void;
}

/** Handles of such files; the system's are small numbers. */
const FIRST_HANDLE = 1 << 30;

/** Takes over reading below `prefix`; at most one at a time. */
export function openMemoryFiles(prefix: string): MemoryFiles {
  const files = new Map<string, { readonly bytes: Buffer; readonly stats: fs.Stats }>();
  const handles = new Map<number, { readonly bytes: Buffer; readonly stats: fs.Stats; at: number }>();
  const real = { openSync: fs.openSync, fstatSync: fs.fstatSync, readSync: fs.readSync, closeSync: fs.closeSync };
  const model = fs.statSync(process.execPath);
  let next = FIRST_HANDLE;
  const open = (path: fs.PathLike, ...rest: [never]): number => {
    if (typeof path !== "string" || !path.startsWith(prefix)) return real.openSync(path, ...rest);
    const file = files.get(path);
    if (file === undefined) throw Object.assign(new Error(`ENOENT: no such file, open '${path}'`), { code: "ENOENT" });
    handles.set(next, { ...file, at: 0 });
    return next++;
  };
  const stat = (handle: number, ...rest: [never]): unknown => handles.get(handle)?.stats ?? real.fstatSync(handle, ...rest);
  const read = (handle: number, target: Buffer, start: number, length: number, place: number | null): number => {
    const file = handles.get(handle);
    if (file === undefined) return real.readSync(handle, target, start, length, place);
    const count = file.bytes.copy(target, start, file.at, file.at + length);
    file.at += count;
    return count;
  };
  const close = (handle: number): void => {
    if (!handles.delete(handle)) real.closeSync(handle);
  };
  Object.assign(fs, { openSync: open, fstatSync: stat, readSync: read, closeSync: close });
  syncBuiltinESMExports();
  return {
    write: (path, bytes) => {
      const stats = Object.assign(Object.create(Object.getPrototypeOf(model) as object), model, { size: bytes.length, mode: 0o100644 });
      files.set(path, { bytes, stats: stats as fs.Stats });
    },
    clear: () => files.clear(),
    close: () => {
      Object.assign(fs, real);
      syncBuiltinESMExports();
    },
  };
}
