/** Owns pairs of small sources: a library and its isolated form, and single changes that isolation must not make. */

/** What isolation makes of it: namespace, C functions and types get the suffix. */
export const ORIGINAL = `
namespace meter {
struct Base { virtual ~Base(); virtual int first(int x); virtual int second(int x); };
struct Deep : Base { int first(int x) override; int second(int x) override; int kept; };
int one(int x);
int two(int x);
extern int state[4];
int seed();
inline int twice(int x) { return one(x) + two(x) * 3; }
template <typename T> T clamp(T value, T top) { return value > top ? top : value; }
namespace { int counter = seed(); int hidden(int x) { return x * counter + 11; } }
int initial = seed() + 1;
Base::~Base() { state[0] = 7; }
int Base::first(int x) { return x + 1; }
int Base::second(int x) { return x + 2; }
int Deep::first(int x) { return one(x) + kept; }
int Deep::second(int x) { return twice(x) + hidden(x); }
const char* word(int x) { return x > 3 ? "alpha" : "omega"; }
double scale(double x) { return x * 2.5; }
const char* title(int x) {
  switch (x) { case 0: return "zero"; case 1: return "one"; case 2: return "two"; case 3: return "three"; case 4: return "four"; default: return "many"; }
}
int pick(int x) {
  switch (x) { case 0: return one(4); case 1: return two(9); case 2: return 77; case 3: return hidden(5); case 4: return state[2]; default: return -1; }
}
int run(Base* base, int x) { try { return base->first(x) + clamp(x, 40); } catch (const Deep& deep) { return deep.kept; } }
Base* make() { return new Deep; }
}
extern "C" int meter_c(int x) { static int calls; return meter::pick(x) + ++calls; }
`;

/** The renamed form of any of these sources. */
export function isolated(source: string, flavor = "legacy"): string {
  return source.replaceAll(/\bmeter\b/g, `meter_${flavor}`).replaceAll(/\bmeter_c\b/g, `meter_c_${flavor}`);
}

export interface Change {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/** Each must be noticed whatever the compiler and the optimization. */
export const CHANGES: readonly Change[] = [
  { name: "a call redirected to another function of the same signature", from: "return one(x) + kept;", to: "return two(x) + kept;" },
  { name: "a changed constant", from: "return x * counter + 11;", to: "return x * counter + 12;" },
  { name: "a changed floating-point constant", from: "x * 2.5", to: "x * 2.25" },
  { name: "a swapped string", from: '"alpha" : "omega"', to: '"omega" : "alpha"' },
  {
    name: "two texts of a table swapped",
    from: 'case 1: return "one"; case 2: return "two"',
    to: 'case 1: return "two"; case 2: return "one"',
  },
  { name: "a changed string", from: '"omega"', to: '"omegb"' },
  {
    name: "a reordered initialiser",
    from: "namespace { int counter = seed(); int hidden(int x) { return x * counter + 11; } }\nint initial = seed() + 1;",
    to: "extern int initial; int initial = seed() + 1;\nnamespace { int counter = seed(); int hidden(int x) { return x * counter + 11; } }",
  },
  {
    name: "a changed vtable slot",
    from: "virtual int first(int x); virtual int second(int x); };",
    to: "virtual int second(int x); virtual int first(int x); };",
  },
  { name: "a changed alignment", from: "int initial =", to: "alignas(64) int initial =" },
  { name: "a changed visibility", from: "double scale(", to: '__attribute__((visibility("hidden"))) double scale(' },
  { name: "a changed binding", from: "double scale(", to: "__attribute__((weak)) double scale(" },
  { name: "a changed section", from: "double scale(", to: '__attribute__((section(".text.elsewhere"))) double scale(' },
  { name: "a variable made constant", from: "int initial =", to: '__attribute__((section(".data.elsewhere"))) int initial =' },
  { name: "a dropped function", from: "double scale(double x) { return x * 2.5; }", to: "" },
  { name: "an added function", from: "Base* make()", to: "int more() { return 1; } Base* make()" },
  { name: "another case of a switch", from: "case 2: return 77;", to: "case 5: return 77;" },
  { name: "a member at another place", from: "int kept; };", to: "int before; int kept; };" },
  { name: "another class caught", from: "catch (const Deep& deep) { return deep.kept; }", to: "catch (const Base&) { return 0; }" },
  { name: "a name changed otherwise than by the suffix", from: "double scale(", to: "double scales(" },
  { name: "an unsigned type in the place of a signed one", from: "int pick(int x)", to: "int pick(unsigned x)" },
];

export function changed(change: Change, source = ORIGINAL): string {
  if (!source.includes(change.from)) throw new Error(`the source has no '${change.from}'`);
  return source.replace(change.from, change.to);
}
