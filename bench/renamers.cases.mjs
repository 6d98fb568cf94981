/** The constructs that renamers are tried on: what stands in the file, what must stand there afterwards. */

/** Every case includes it; `LIBRARY_AFTER` is what it must become. */
export const LIBRARY = `#ifndef METER_LIB_H_
#define METER_LIB_H_
#include <functional>
namespace meter {
struct Gauge {
  int read() const;
  int v = 1;
};
int level(int x);
template <class T>
struct Traits {
  static int n() { return 0; }
};
namespace units {
struct Db {
  int v;
};
}
}
namespace meter_tools {
inline int fix(int x) { return x; }
}
#endif
`;

/** `cNames`: about a C function; tools for namespaces alone are not asked. `exact`: every byte counts. */
export const CASES = [
  ["a definition", "namespace meter { int level(int x) { return x; } }", "namespace meter_legacy { int level(int x) { return x; } }"],
  ["qualified uses", "meter::Gauge g; ::meter::Gauge h;", "meter_legacy::Gauge g; ::meter_legacy::Gauge h;"],
  ["a nested definition, a::b", "namespace meter::units { struct Lux {}; }", "namespace meter_legacy::units { struct Lux {}; }"],
  ["a using-directive", "using namespace meter;\nGauge g;", "using namespace meter_legacy;\nGauge g;"],
  ["a using-declaration", "using meter::Gauge;\nGauge g;", "using meter_legacy::Gauge;\nGauge g;"],
  ["a namespace alias", "namespace m = meter;\nm::Gauge g;", "namespace m = meter_legacy;\nm::Gauge g;"],
  ["a member out of line", "int meter::Gauge::read() const { return v; }", "int meter_legacy::Gauge::read() const { return v; }"],
  [
    "a specialisation of std::hash",
    "template <> struct std::hash<meter::Gauge> { int operator()(const meter::Gauge& g) const { return g.v; } };",
    "template <> struct std::hash<meter_legacy::Gauge> { int operator()(const meter_legacy::Gauge& g) const { return g.v; } };",
  ],
  [
    "a specialisation inside",
    "namespace meter { template <> struct Traits<int> {}; }",
    "namespace meter_legacy { template <> struct Traits<int> {}; }",
  ],
  ["a friend declaration", "class A { friend class meter::Gauge; };", "class A { friend class meter_legacy::Gauge; };"],
  [
    "dependent code",
    "template <class T> int f(T) { return meter::Traits<T>::n(); }",
    "template <class T> int f(T) { return meter_legacy::Traits<T>::n(); }",
  ],
  ["a macro's body", "#define MAKE() meter::Gauge()\nauto g = MAKE();", "#define MAKE() meter_legacy::Gauge()\nauto g = MAKE();"],
  ["a macro that nobody calls", "#define UNUSED() meter::Gauge()", "#define UNUSED() meter_legacy::Gauge()"],
  ["a macro's argument", "#define TYPE(ns) ns::Gauge\nTYPE(meter) g;", "#define TYPE(ns) ns::Gauge\nTYPE(meter_legacy) g;"],
  ["an #if branch of another platform", "#ifdef _WIN32\nmeter::Gauge w;\n#endif", "#ifdef _WIN32\nmeter_legacy::Gauge w;\n#endif"],
  ["a string", 'const char* s = "meter::Gauge";', 'const char* s = "meter::Gauge";'],
  ["a raw string", 'const char* s = R"x(namespace meter { )" meter::)x";', 'const char* s = R"x(namespace meter { )" meter::)x";'],
  [
    "a comment",
    "// meter::Gauge is in meter\nint x; /* namespace meter { */",
    "// meter::Gauge is in meter\nint x; /* namespace meter { */",
  ],
  ["a look-alike namespace", "int a = meter_tools::fix(1);", "int a = meter_tools::fix(1);"],
  ["a member of that name", "struct S { int meter; } s;\nint b = s.meter;", "struct S { int meter; } s;\nint b = s.meter;"],
  ["a parameter of that name", "int f(int meter) { return meter; }", "int f(int meter) { return meter; }"],
  [
    "a namesake inside another namespace",
    "namespace studio { namespace meter { struct A {}; } meter::A a; }",
    "namespace studio { namespace meter { struct A {}; } meter::A a; }",
  ],
  ["an attribute's namespace", "[[meter::hot]] int f();", "[[meter::hot]] int f();"],
  ["an include path", '#if __has_include("meter/x.h")\n#endif', '#if __has_include("meter/x.h")\n#endif'],
  ["a word over two lines", "met\\\ner::Gauge g;", "met\\\ner_legacy::Gauge g;", { exact: true }],
  ["CRLF and bytes that are no UTF-8", "meter::Gauge g; // \u00ff\r\n", "meter_legacy::Gauge g; // \u00ff\r\n", { exact: true }],
  [
    "a C function",
    'extern "C" int meter_reset(int x) { return x; }\nint y = meter_reset(1);',
    'extern "C" int meter_reset_legacy(int x) { return x; }\nint y = meter_reset_legacy(1);',
    { cNames: true },
  ],
  [
    "a C function, a member of its name",
    'struct S { int meter_reset; };\nextern "C" { static int hidden; }\nint z(S s) { return s.meter_reset + hidden; }',
    'struct S { int meter_reset; };\nextern "C" { static int hidden; }\nint z(S s) { return s.meter_reset + hidden; }',
    { cNames: true },
  ],
].map(([what, before, after, { exact = false, cNames = false } = {}]) => ({ what, before, after, exact, cNames }));
