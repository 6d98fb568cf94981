/**
 * Owns the probe's program: it asks the C++ runtime itself, by what casts and catch clauses call (Itanium C++ ABI 2.9.7:
 * `__dynamic_cast`; libstdc++'s `type_info::__do_catch`), and writes to merged variables. No code of the flavors runs.
 */
import type { ProbePairs } from "./pairs.js";

/** C++17 for g++ and clang++ with libstdc++. It prints one line per crossing, `cast|catch|variable|broken<TAB>index`, and `done`. */
export function probeSource({ types, variables }: ProbePairs): string {
  const symbols = [
    ...types.flatMap(({ one, other, table, otherTable }) => [one, other, table, otherTable]),
    ...variables.flatMap(({ one, other }) => [one, other]),
  ].flatMap((symbol) => symbol ?? []);
  const names = new Map([...new Set(symbols)].map((symbol, index) => [symbol, `s${index}`]));
  const nameOf = (symbol: string | undefined): string => (symbol === undefined ? "nullptr" : (names.get(symbol) ?? "nullptr"));
  const externs = [...names].map(([symbol, name]) => `extern "C" char ${name}[] asm("${symbol}");`);
  const rows = types.map((pair) => `  {${[pair.one, pair.other, pair.table, pair.otherTable].map(nameOf).join(", ")}},`);
  const pairs = variables.map((pair) => `  {${[pair.one, pair.other].map(nameOf).join(", ")}},`);
  return [...HEAD, ...externs, ...tablesOf(rows, pairs), PROGRAM].join("\n");
}

const HEAD = [
  "#include <csetjmp>",
  "#include <csignal>",
  "#include <cstdio>",
  "#include <cstring>",
  "#include <cxxabi.h>",
  "#include <typeinfo>",
  "",
];

function tablesOf(types: readonly string[], variables: readonly string[]): string[] {
  return [
    "struct Type { char *one, *other, *table, *otherTable; };",
    "struct Variable { char *one, *other; };",
    "static const Type types[] = {",
    ...types,
    "  {nullptr, nullptr, nullptr, nullptr}};",
    "static const Variable variables[] = {",
    ...variables,
    "  {nullptr, nullptr}};",
  ];
}

const PROGRAM = `
static sigjmp_buf back;
static void onFault(int) { siglongjmp(back, 1); }

static const std::type_info& infoAt(const char* place) { return *reinterpret_cast<const std::type_info*>(place); }

/* An object that is nothing but its table: enough for the runtime to tell its type. */
struct Object { void* table; char rest[4096]; };
static Object objectOf(char* table) {
  Object object{};
  object.table = table + 2 * sizeof(void*);
  return object;
}

/* Whether a clause for \`wanted\` catches an object whose type is \`thrown\`. */
static bool catches(const char* wanted, const char* thrown, char* table) {
  Object object = table == nullptr ? Object{} : objectOf(table);
  void* place = &object;
  return infoAt(wanted).__do_catch(&infoAt(thrown), &place, 1);
}

/* Whether a pointer to the base of \`from\` that points to an object of \`from\` casts down to \`to\`, which is no base of it. */
static bool castsTo(const char* from, const char* to, char* table) {
  const auto* derived = dynamic_cast<const abi::__si_class_type_info*>(&infoAt(from));
  if (derived == nullptr) return false;
  Object object = objectOf(table);
  return abi::__dynamic_cast(&object, derived->__base_type, reinterpret_cast<const abi::__class_type_info*>(to), -1) != nullptr;
}

static void say(const char* what, unsigned index) { std::printf("%s\\t%u\\n", what, index); }

static void askType(const Type& type, unsigned index) {
  if (sigsetjmp(back, 1) != 0) return say("broken", index);
  if (catches(type.one, type.other, type.otherTable) || catches(type.other, type.one, type.table)) say("catch", index);
  bool casts = type.table != nullptr && castsTo(type.one, type.other, type.table);
  if (!casts && type.otherTable != nullptr) casts = castsTo(type.other, type.one, type.otherTable);
  if (casts) say("cast", index);
}

static void askVariable(const Variable& variable, unsigned index) {
  if (sigsetjmp(back, 1) != 0) return say("broken", index);
  if (variable.one == variable.other) say("variable", index);
}

int main() {
  std::signal(SIGSEGV, onFault);
  std::signal(SIGBUS, onFault);
  unsigned index = 0;
  for (const Type* type = types; type->one != nullptr; type++) askType(*type, index++);
  index = 0;
  for (const Variable* variable = variables; variable->one != nullptr; variable++) askVariable(*variable, index++);
  std::puts("done");
  return 0;
}
`;
