/** Owns the search for libclang on this machine: the newest one that has the compiler's own headers beside it. */
import { readdir } from "node:fs/promises";
import { dirname, join } from "node:path";

import { UnforkError } from "../../support/errors.js";
import { exists } from "../../support/fs.js";

export interface Libclang {
  /** The shared library. */
  readonly path: string;
  /** Major version, as far as its path tells. */
  readonly version: string;
}

/** Versions whose interface is known to serve, newest first. */
const VERSIONS = [22, 21, 20, 19, 18, 17, 16, 15, 14] as const;

/** Folders in which packages put libraries by their version. */
const MULTIARCH = [
  "/usr/lib/x86_64-linux-gnu",
  "/usr/lib/aarch64-linux-gnu",
  "/usr/lib/arm-linux-gnueabihf",
  "/usr/lib64",
  "/usr/lib",
  "/usr/local/lib",
];

const UNVERSIONED = [
  "/opt/homebrew/opt/llvm/lib/libclang.dylib",
  "/usr/local/opt/llvm/lib/libclang.dylib",
  "/Applications/Xcode.app/Contents/Developer/Toolchains/XcodeDefault.xctoolchain/usr/lib/libclang.dylib",
  "/Library/Developer/CommandLineTools/usr/lib/libclang.dylib",
];

/** The library that serves, or undefined. `UNFORK_LIBCLANG` names one by its path. Throws `tool-missing` when it is not there. */
export async function findLibclang(given = process.env["UNFORK_LIBCLANG"]): Promise<Libclang | undefined> {
  if (given !== undefined && given !== "") {
    if (await exists(given)) return { path: given, version: versionIn(given) };
    throw new UnforkError("tool-missing", `UNFORK_LIBCLANG names ${given}, which is not there`, {
      hint: "give the shared library's path (libclang.so.1), or unset it: the newest one on this machine is found",
    });
  }
  for (const version of VERSIONS) {
    for (const path of candidates(version)) {
      if ((await exists(path)) && (await hasHeaders(version))) return { path, version: String(version) };
    }
  }
  for (const path of UNVERSIONED) if (await exists(path)) return { path, version: versionIn(path) };
  return undefined;
}

function candidates(version: number): string[] {
  const names = [`libclang-${version}.so.1`, `libclang-${version}.so.${version}`, `libclang-${version}.so`];
  return [
    `/usr/lib/llvm-${version}/lib/libclang.so.1`,
    `/usr/lib/llvm-${version}/lib/libclang-${version}.so.1`,
    ...MULTIARCH.flatMap((folder) => names.map((name) => join(folder, name))),
    `/usr/lib64/llvm${version}/lib64/libclang.so`,
    `/opt/homebrew/opt/llvm@${version}/lib/libclang.dylib`,
  ];
}

/** stddef.h and its like, without which hardly any unit parses: another package than the library brings them. */
async function hasHeaders(version: number): Promise<boolean> {
  for (const folder of [
    `/usr/lib/llvm-${version}/lib/clang`,
    "/usr/lib/clang",
    "/usr/lib64/clang",
    `/opt/homebrew/opt/llvm@${version}/lib/clang`,
  ]) {
    const names = await readdir(folder).catch(() => []);
    for (const name of names) {
      if (Number.parseInt(name, 10) === version && (await exists(join(folder, name, "include", "stddef.h")))) return true;
    }
  }
  return false;
}

function versionIn(path: string): string {
  return /(?:libclang-|llvm-?@?)(\d+)/.exec(path)?.[1] ?? (dirname(path).includes("Xcode") ? "Xcode's" : "unknown");
}
