/** Owns the objects that fuzzing begins with: small ones of every format, of our own sources, by whatever compilers are here. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { archiveMember, buildArchive } from "../objects/archive-builder.js";
import { buildElf } from "../objects/elf-builder.js";

const SOURCE = `
template <class T> struct Table { static T value; };
template <class T> T Table<T>::value = T();
inline int shared_counter = 4;
inline const char* text(int x) { return x > 3 ? "several words" : "few"; }
static int hidden(int x) { return x * 7; }
int (*pointer)(int) = hidden;
int zeros[12];
extern "C" int elsewhere(int);
extern "C" __attribute__((weak)) int hook(int);
extern "C" int user(int x) { return elsewhere(x) + Table<int>::value + ++shared_counter + text(x)[1] + (hook ? hook(x) : 0); }
`;

const TARGETS = [
  "x86_64-linux-gnu -g -gz=zlib",
  "i386-linux-gnu",
  "thumbv7-linux-android",
  "aarch64_be-linux-gnu",
  "mips-linux-gnu",
  "mips64el-linux-gnuabi64",
  "powerpc64-linux-gnu",
  "s390x-linux-gnu",
  "riscv32-linux-gnu",
  "x86_64-apple-macos12",
  "arm64-apple-macos12",
  "x86_64-pc-windows-msvc",
  "i686-pc-windows-msvc",
  "aarch64-pc-windows-msvc",
  "thumbv7-pc-windows-msvc",
  "i686-w64-mingw32",
];

/** Compact relocations; fuzzing runs out of a bundle, so that the folder it is started in tells the place. */
const CREL = join(process.cwd(), "test/fixtures/objects/crel/crel.elf");

/** Objects made by hand, and one per target where clang is installed; archives of them. */
export function objectSeeds(): Buffer[] {
  const own = [builtElf(), builtImport(), readFileSync(CREL)];
  const compiled = compiledSeeds();
  const [one = own[0] as Buffer, two = own[1] as Buffer] = compiled;
  const table = archiveMember("//", Buffer.from("a-name-of-more-than-sixteen.o/\n"));
  return [
    ...own,
    ...compiled,
    buildArchive([
      archiveMember("/", Buffer.alloc(4)),
      table,
      archiveMember("/0", one),
      archiveMember("#1/4", Buffer.concat([Buffer.from("two\0"), two])),
    ]),
  ];
}

export function builtElf(): Buffer {
  return buildElf([
    { name: "file.c", binding: 0, type: 4, section: 0xfff1 },
    { name: "", binding: 0, type: 3, section: 1 },
    { name: "strong", binding: 1, type: 2, section: 1, size: 8 },
    { name: "weak", binding: 2, type: 2, section: 1 },
    { name: "common", binding: 1, type: 1, section: 0xfff2, size: 4 },
  ]);
}

/** A member of a Windows import library. */
export function builtImport(): Buffer {
  const texts = Buffer.from("function\0library.dll\0");
  const header = Buffer.alloc(20);
  header.writeUInt32LE(0xffff_0000, 0);
  header.writeUInt16LE(0x8664, 6);
  header.writeUInt32LE(texts.length, 12);
  return Buffer.concat([header, texts]);
}

function compiledSeeds(): Buffer[] {
  if (spawnSync("clang++", ["--version"]).status !== 0) return [];
  const folder = mkdtempSync(join(tmpdir(), "unfork-fuzz-objects-"));
  try {
    writeFileSync(join(folder, "x.cc"), SOURCE);
    return TARGETS.flatMap((target) => {
      const args = ["-std=c++17", "-O1", "-c", "x.cc", "-o", "x.o", "-fdebug-compilation-dir=.", "-target", ...target.split(" ")];
      const { status } = spawnSync("clang++", args, { cwd: folder });
      return status === 0 ? [readFileSync(join(folder, "x.o"))] : [];
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
