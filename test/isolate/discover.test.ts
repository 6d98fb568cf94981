/** Which names a tree defines for the linker, read without a compiler. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { describe, expect, it } from "vitest";

import { discoverGlobalNames } from "../../src/isolate/discover.js";
import { temporaryFolder } from "../helpers/temp.js";

async function found(files: Readonly<Record<string, string>>): Promise<string[]> {
  const root = temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return (await discoverGlobalNames(root, Object.keys(files))).map(({ kind, name }) => `${kind} ${name}`);
}

function nameOf(line: string): string {
  return line.slice(line.indexOf(" ") + 1);
}

describe("in C++, the linker sees", () => {
  it.each([
    ["int answer(int a, int b) { return a; }", ["function answer"]],
    ["inline int answer() { return 1; }", ["function answer"]],
    ["template <typename T, int N = (1 > 2)> T answer(T t) { return t; }", ["function answer"]],
    ["[[nodiscard]] EXPORT int answer(void) noexcept { return 1; }", ["function answer"]],
    ["__attribute__((noinline)) static int hidden() { return 1; }", []],
    ["EXPORT(1, 2) const char* answer() { return 0; }", ["function answer"]],
    ["auto answer() -> int { return 1; }", ["function answer"]],
    ["std::vector<std::map<int, int>> answer(std::function<int(int)> f) { return {}; }", ["function answer"]],
    ["int Outer::answer() { return 1; }", []],
    ["Outer::Outer() : member_{1} {}", []],
    ["Outer::~Outer() {}", []],
    ["bool operator==(const A& a, const A& b) { return true; }", []],
    ["TEST(Suite, Case) { int local = 1; }", []],
    ["int declared(int); extern int declared_too; struct OnlyNamed;", []],
    ["int main() { return 0; }", []],
    ["Outer::Outer(int a) : x(a != 1 ? a : 2) {} int answer() { return 1; }", ["function answer"]],
    ["Outer::Outer(int a, int b = 2) {} int answer() { return 1; }", ["function answer"]],
    ["template <int N> requires N >= 2 Box<N>::Box() {} int answer() { return 1; }", ["function answer"]],
    ["void Outer::set(int a, struct timeval& b) {} int answer() { return 1; }", ["function answer"]],
    ["Outer::Outer(enum Unused, int a) {} struct Answer { int x; };", ["type Answer"]],
    ["struct Result Outer::give(int a) { return {}; } int answer() { return 1; }", ["function answer"]],
    ["enum Kind Outer::operator==(int a) { return {}; } int answer() { return 1; }", ["function answer"]],
    ["struct __declspec(align(16)) Answer { int x; };", ["type Answer"]],
    ["struct EXPORT(struct x) Answer final : Base<f(int)> { int x; };", ["type Answer"]],
    ["struct Outer::Inner { int x; }; struct Answer { int x; };", ["type Answer"]],
    ["CASE(name = 1) {} int answer() { return 1; }", ["function answer"]],
    ["int first = 1, second{2}; int answer() { return 1; }", ["function answer", "variable first", "variable second"]],
    ["Table table = {1, 2}, other = Table{3}; int answer() { return 1; }", ["function answer", "variable other", "variable table"]],
    [`${"PUSH {r4} ".repeat(40)} int answer(int a) { return a; }`, ["function answer"]],
    [`${"PUSH {r4} ".repeat(40)} struct Answer { int x; };`, ["type Answer"]],
    ["int read(int fd) { return 0; } struct ifaddrs { int x; };", []],
    ["int first = 1, *second, third[3] = {1, 2};", ["variable first", "variable second", "variable third"]],
    ["std::map<int, int> table = {{1, 2}}; Type braced{1, 2}; Type called(1);", ["variable braced", "variable called", "variable table"]],
    ["int (*hook)(int, int) = nullptr; int (*hooks[2])(int);", ["variable hook", "variable hooks"]],
    [
      "thread_local int counter; ABSL_CONST_INIT Mutex lock(kInit); int guarded GUARDED_BY(lock) = 1;",
      ["variable counter", "variable guarded"],
    ],
    ["static int hidden; const int kHidden = 1; constexpr int kHidden2[] = {1}; const char* const kHidden3 = 0;", []],
    ["const char* visible = 0; inline constexpr int kVisible = 1;", ["variable kVisible", "variable visible"]],
    ["extern const int kShared; const int kShared = 1;", ["variable kShared"]],
    ["extern const int kDefined = 1;", ["variable kDefined"]],
    ["int Outer::member = 1; int* Outer::other;", []],
    ["struct Other made = {1}; extern struct Other const shared; struct Other const shared = {2};", ["variable made", "variable shared"]],
    ["struct Made { int a; } made, *pointer;", ["type Made", "variable made", "variable pointer"]],
    ["class EXPORT Made final : public Base<int>, private Other { Made(); int x{1}; };", ["type Made"]],
    ["enum class Colour : int { kRed }; enum Old { kOld }; union Both { int a; };", ["enumeration Colour", "enumeration Old", "type Both"]],
    ["template <typename T> class Box { }; template <> struct Box<int> { }; template class Box<long>;", ["type Box"]],
    ["template <> struct std::hash<Made> { };", []],
    ["typedef struct { int a; } Made, *MadePointer;", ["type Made"]],
    ["typedef struct Tag { int a; } Alias;", ["type Tag"]],
    ["typedef enum { kA } Kind; typedef int (*Callback)(int); typedef int Number; using Other = int;", ["enumeration Kind"]],
    ["namespace a { int inside() { return 1; } int variable; class Type {}; }", []],
    ["namespace { int inside() { return 1; } int variable; class Type {}; }", []],
    ['extern "C" int plain(void) { return 1; }', ["function plain"]],
    ['extern "C" { int plain(void) { return 1; } int data = 1; static int hidden; }', ["function plain", "variable data"]],
    ['extern "C" int declared_only; extern "C" void declared_function(void);', []],
    ['namespace a { extern "C" int plain(void) { return 1; } extern "C" { int data; } }', ["function plain", "variable data"]],
    ['namespace a { extern "C++" { int cpp() { return 1; } } }', []],
    ['extern "C" { WEAK void SYMBOL(built)(int x) { } }', ["function built"]],
    ['using namespace a; static_assert(sizeof(int) == 4, "x"); namespace alias = a; friend_t x1;', ["variable x1"]],
    ["#define MACRO(x) int x(void) { return 1; }\nMACRO(one)\nint two(void) { return 1; }", ["function one", "function two"]],
    ["REGISTER(x, [](int a) { return a; });\nint after;", ["variable after"]],
    ["int broken(int a {\n}\n", []],
    ["auto lambda = [](int a) { return a; }; int after;", ["variable after", "variable lambda"]],
    [
      "#if A\nvoid f1(int a) {\n#elif B\nvoid f2(long a) {\n#else\nvoid f3() {\n#endif\n}\nint after;",
      ["function f1", "function f2", "function f3", "variable after"],
    ],
    ["#if 0\n}}} {\n#else\nint used;\n#endif\nint after;", ["variable after", "variable used"]],
    [
      '#ifdef __cplusplus\nextern "C" {\n#endif\nint plain(void) { return 1; }\n#ifdef __cplusplus\n}\n#endif\nint after;',
      ["function plain", "variable after"],
    ],
  ])("%s", async (text, expected) => {
    expect(await found({ "a.cc": text })).toEqual(expected.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)));
  });
});

describe("over several files", () => {
  it("a definition in a namespace is a C symbol when a header declares it so", async () => {
    const header = 'namespace a { extern "C" int plain(void); extern "C" { int other(void); } int cpp(void); }';
    const code = "namespace a { int plain(void) { return 1; } int other(void) { return 2; } int cpp(void) { return 3; } }";
    expect(await found({ "a.h": header, "a.cc": code })).toEqual(["function other", "function plain"]);
  });

  it("a constant is external in C, and in C++ when some file says extern", async () => {
    expect(
      await found({ "a.c": "const int kC = 1;", "b.cc": "const int kShared = 1; const int kOwn = 2;", "c.h": "extern const int kShared;" }),
    ).toEqual(["variable kC", "variable kShared"]);
  });

  it("functions of C before 1989 count, their parameters do not", async () => {
    const code =
      "int old(strm, level) z_stream strm; int level;\n{ return 1; }\nint next(void) { return 2; }\nint declared(Type) ATTR;\nstatic int hidden(a) int a[]; { return 1; }\nint last;";
    expect(await found({ "a.c": code })).toEqual(["variable last", "function next", "function old"]);
  });

  it("a parameter of such a function may start with const or be of a type in capitals", async () => {
    const code =
      "void INTERNAL copy(to, from, size) const char *from; char *to; uInt size; { }\nint put(file, byte) FILE *file; int byte; { return 0; }";
    expect(await found({ "a.c": code })).toEqual(["function copy", "function put"]);
  });

  it("C functions in Objective-C count, methods and properties do not", async () => {
    const code = `#import "a.h"
@class Other;
@interface View : NSObject <Delegate> { int ivar_; }
@property(nonatomic) int value;
@property int plain;
- (void)method:(int)x;
@end
static int hidden(void) { return 1; }
int before(void) { return 1; }
@implementation View (Category)
int inside(void) { return 1 - 2; }
- (void)method:(int)x SWIFT_NAME(method(_:)) { int local = x - 1; }
+ (int)shared { return 1; }
@synthesize value = _value;
@end
int after = 3 - 2;
`;
    expect(await found({ "a.mm": code })).toEqual(["variable after", "function before", "function inside"]);
  });

  it("assembler labels count when they are exported", async () => {
    const gas = ".globl first\n first:\nGLOBAL_FUNCTION second\n.L1: b .L1\nlocal_label:\n  bl called\n#define X .globl third\n";
    expect(await found({ "a.S": gas, "b.asm": "global nasm_one ; global nasm_two\nnasm_one:\n" })).toEqual([
      "asm first",
      "asm nasm_one",
      "asm second",
    ]);
  });

  it("each name comes once, with the first place that defines it", async () => {
    const root = temporaryFolder();
    writeFileSync(join(root, "a.c"), "\n\nint twice(void) { return 1; }\n");
    writeFileSync(join(root, "b.c"), "int twice(void) { return 2; }\n");
    expect(await discoverGlobalNames(root, ["a.c", "b.c", "missing.txt"])).toEqual([
      { name: "twice", kind: "function", file: "a.c", line: 3 },
    ]);
  });
});
