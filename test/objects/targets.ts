/** Owns the sources and targets that the readers of object formats are tested with. */

/** Needs no headers, so that it compiles for every target. */
export const CPP_SOURCE = `
namespace lib {
struct Base { virtual ~Base(); virtual int run(int) = 0; };
Base::~Base() {}
struct Derived : Base { int run(int x) override { static int calls = 0; return x + ++calls; } };
template <class T> struct Table { static T value; };
template <class T> T Table<T>::value = T();
inline int shared_counter = 4;
thread_local int per_thread = 3;
inline const char* text(int x) { return x > 3 ? "several words" : "few"; }
static int hidden(int x) { return x * 7; }
int (*pointer)(int) = hidden;
int zeros[12];
int use(int x) { Derived d; return d.run(x) + Table<int>::value + ++shared_counter + per_thread + text(x)[1] + hidden(x); }
}
extern "C" int elsewhere(int);
extern "C" int user(int x) { return elsewhere(x) + lib::use(x); }
`;

export const C_SOURCE = `
int tentative; int fixed = 1; extern int elsewhere; int *p = &elsewhere;
__attribute__((weak)) int hook(void) { return 3; }
extern int maybe(void) __attribute__((weak));
static int counter;
int call(void) { return (maybe ? maybe() : hook()) + tentative + counter++; }
`;

export interface Target {
  readonly triple: string;
  readonly flags?: readonly string[];
  readonly format: "elf" | "mach-o" | "coff";
  readonly bits: 32 | 64;
  readonly littleEndian: boolean;
}

function elf(triple: string, bits: 32 | 64, littleEndian = true): Target {
  return { triple, format: "elf", bits, littleEndian };
}

export const TARGETS: readonly Target[] = [
  elf("x86_64-linux-gnu", 64),
  elf("x86_64-linux-gnux32", 32),
  elf("i386-linux-gnu", 32),
  elf("armv7-linux-gnueabihf", 32),
  elf("thumbv7-linux-android", 32),
  elf("armebv7-linux-gnueabihf", 32, false),
  elf("aarch64-linux-gnu", 64),
  elf("aarch64_be-linux-gnu", 64, false),
  elf("mips-linux-gnu", 32, false),
  elf("mipsel-linux-gnu", 32),
  elf("mips64-linux-gnuabi64", 64, false),
  elf("mips64el-linux-gnuabi64", 64),
  // Position-independent code reaches its constants by their places in a table of the unit's own.
  { ...elf("powerpc-linux-gnu", 32, false), flags: ["-fno-pic"] },
  elf("powerpc64-linux-gnu", 64, false),
  elf("powerpc64le-linux-gnu", 64),
  elf("s390x-linux-gnu", 64, false),
  elf("riscv32-linux-gnu", 32),
  elf("riscv64-linux-gnu", 64),
  elf("sparc-linux-gnu", 32, false),
  elf("sparcv9-linux-gnu", 64, false),
  { triple: "x86_64-apple-macos12", format: "mach-o", bits: 64, littleEndian: true },
  { triple: "arm64-apple-macos12", format: "mach-o", bits: 64, littleEndian: true },
  { triple: "x86_64-pc-windows-msvc", format: "coff", bits: 64, littleEndian: true },
  { triple: "i686-pc-windows-msvc", format: "coff", bits: 32, littleEndian: true },
  { triple: "aarch64-pc-windows-msvc", format: "coff", bits: 64, littleEndian: true },
  { triple: "thumbv7-pc-windows-msvc", format: "coff", bits: 32, littleEndian: true },
  { triple: "x86_64-w64-mingw32", format: "coff", bits: 64, littleEndian: true },
  { triple: "i686-w64-mingw32", format: "coff", bits: 32, littleEndian: true },
];

/** The integrated assembler, where clang would ask for another one. */
export function flagsFor({ triple, flags = [] }: Target): string[] {
  return ["-target", triple, "-fintegrated-as", "-fcommon", ...flags];
}
