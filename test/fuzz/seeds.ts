/** Owns what the fuzzer begins with: own snippets of every construct that isolation knows, and words to throw in. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import { languageOf } from "../../src/isolate/code-files.js";

const SNIPPETS = [
  "namespace meter { class Gauge { public: int read() const; static int count; }; }\nint meter::Gauge::read() const { return 1; }\n",
  "namespace meter::units { inline namespace v1 { struct Db { int v; }; } }\nusing meter::units::Db;\nnamespace u = meter::units;\n",
  "using namespace meter;\nusing meter::Gauge;\nnamespace m = ::meter;\n::meter::Gauge g;\n",
  "#define NS meter\n#define OPEN namespace meter {\n#define CALL(x) meter::x(x)\n#define STR(x) #x\n#define CAT(a, b) a##b\nconst char* s = STR(meter);\nint CAT(meter_, reset)(int);\n",
  '#ifdef __cplusplus\nextern "C" {\n#endif\nint meter_reset(int x);\nextern int meter_state;\n#ifdef __cplusplus\n}\n#endif\nint meter_reset(int x) { return x + meter_state; }\nint meter_state = 1;\n',
  "#if 0\nnamespace meter {\n#else\nnamespace meter {\n#endif\nint x;\n}\n#if defined(meter) && meter > 1\n#elif 1\n#endif\n",
  'const char* raw = R"x(namespace meter { )" })x";\nauto t = u8"meter::x" "meter";\nint n = 1\'000\'000 + 0x1p-3;\nchar c = \'"\';\n',
  "// namespace meter {\n/* meter:: */ meter /* x */ :: /* y */ Gauge g;\nint a = b \\\n  + meter\\\n::level(1);\n",
  "template <class T> struct meter::Traits<T*> {};\nnamespace std { template <> struct hash<meter::Gauge> { int operator()(const meter::Gauge&) const; }; }\n",
  "class A { friend class meter::Gauge; friend int meter::level(int); friend std::ostream& operator<<(std::ostream&, const A&); };\n",
  'namespace [[deprecated]] meter __attribute__((visibility("default"))) { }\n[[meter::attribute]] int f();\nnamespace MACRO(x) meter { }\n',
  "struct meter_config { int depth; } meter_default = { .depth = 1 };\ntypedef struct { int a; } meter_t, *meter_p;\nenum meter_mode { METER_A, METER_B };\n",
  "static const int table[] = { 1, 2, 3 };\nconst int (*meter_table(void))[3] { return &table; }\nvoid (*meter_hook)(int) = 0;\nint meter_old(a, b) int a; char b; { return a + b; }\n",
  "@interface Meter : NSObject\n- (void)read:(int)x;\n@end\n@implementation Meter (Cat)\n+ (int)meter { return meter_reset(1); }\n@end\n#import <Meter/Meter.h>\n",
  ".globl meter_reset\n.type meter_reset, @function\nmeter_reset:\n  movl $1, %eax # comment\n  call meter_state@PLT\n.macro FN name\n.globl \\name\n.endm\nFN meter_fn\n",
  '%include "x.asm"\nglobal meter_reset\nextern meter_state\nmeter_reset: ; comment\n  mov eax, [meter_state]\ncglobal meter_fn, 1, 2\n',
  "\uFEFFnamespace meter {\r\nint x = 1; \\\r\n}\r\n#include \"meter/gauge.h\"\r\n#include <meter/c.h>\r\n#error meter's\r\n#pragma mark - meter's\r\n",
  "namespace studio { namespace meter { class A; } meter::A* a; }\nnamespace meter_tools { int meter; }\nint x = obj.meter + obj->meter + Other::meter;\n",
  "#define DECL_NAME(n) CAT(meter_, n)\n#define FN(x) meter_##x\n#define LIST(X) X(a) X(b)\n#define DEF(n) int FN(n)(void) { return 0; }\nLIST(DEF)\n#undef meter\n",
  "int f() { meter::Gauge g; struct meter_config c; return g.read() + ::meter_reset(c.depth) + sizeof(meter::Gauge) < 3 ? meter::level(1) : 0; }\n",
  "module;\nexport module meter;\nexport namespace meter { auto f = []<class T>(T) requires true { return T{}; }; }\nconcept C = requires(int a) { a + 1; };\n",
  'extern "C" JNIEXPORT jint JNICALL Java_org_meter_Gauge_read(JNIEnv* env, jobject o) { return meter_reset(1); }\nint __asm__("meter_reset") x;\nasm(".globl meter_reset");\n',
];

/** Words that mutations put in. */
export const WORDS: readonly string[] = [
  ...(
    "meter meter_reset meter_state meter_legacy units Gauge namespace using class struct enum union template typename operator friend extern static inline const typedef " +
    "return public virtual auto #define #if #ifdef #else #elif #endif #include #undef #pragma #error # ## :: : ; , . -> ( ) { } [ ] [[ ]] < > = & && * ~ @ + - \" ' \\ ?? % $ 0 1 0x 1' 'x' \"x\" " +
    'R" R"( )" u8 L // /* */ defined __VA_ARGS__ __attribute__ __declspec __asm__ .globl .macro .endm global cglobal @interface @end @implementation module export import requires concept'
  ).split(" "),
  "\n",
  "\r\n",
  " ",
  "\t",
  "\\\n",
  "\\ \n",
  "\\\r\n",
  'extern "C" {',
  "\u0000",
  "\u00ff",
  "\ufeff",
  "é",
];

/** Endings that choose how a file is read. */
export const ENDINGS: readonly string[] = ["cc", "h", "c", "mm", "inc", "S", "asm", "m", "cu", "hpp"];

export interface Seed {
  readonly bytes: Buffer;
  readonly ending: string;
}

/** The largest input. */
export const LARGEST_INPUT = 2048;

export function ownSeeds(): Seed[] {
  return SNIPPETS.map((text, index) => ({
    bytes: Buffer.from(text, "utf8"),
    ending: index === 14 ? "S" : index === 15 ? "asm" : index === 13 ? "mm" : "cc",
  }));
}

/** Pieces of real files below a folder, at most `limit`, spread evenly. The library's word becomes the fuzzed one. */
export function seedsFrom(folder: string, word: string, limit: number): Seed[] {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => languageOf(path) !== undefined && statSync(join(folder, path)).isFile())
    .toSorted();
  const step = Math.max(1, Math.floor(paths.length / limit));
  return paths
    .filter((_, index) => index % step === 0)
    .slice(0, limit)
    .map((path, index) => {
      const text = readFileSync(join(folder, path), "latin1").replaceAll(new RegExp(`\\b${word}\\b`, "g"), "meter");
      const from = Math.max(0, Math.floor(((text.length - 1024) * (index % 7)) / 7));
      return { bytes: Buffer.from(text.slice(from, from + 1024), "latin1"), ending: path.slice(path.lastIndexOf(".") + 1) };
    });
}
