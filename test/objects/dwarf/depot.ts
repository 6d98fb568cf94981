/** Owns a small source with every kind of type, and the program that says by sizeof and offsetof where their parts lie. */

export const TYPES = `
namespace depot {
struct Plain { char a; int b; double c; short d[3][2]; static int count; unsigned long e; };
int Plain::count = 0;
struct Bits { unsigned a : 3; unsigned b : 7; int : 0; signed c : 5; long long d : 40; bool e : 1; char f; };
struct Crate { Crate(); virtual ~Crate(); virtual int weigh(int); virtual void open() = 0; int mass; };
Crate::Crate() : mass(1) {}
Crate::~Crate() {}
int Crate::weigh(int by) { return mass * by; }
struct Box : Crate { void open() override; virtual void seal(); int weigh(int) override; char lid; };
void Box::open() { lid = 1; }
void Box::seal() { lid = 2; }
int Box::weigh(int by) { return by + lid; }
struct Left : virtual Crate { void open() override; long left; };
void Left::open() { left = 1; }
struct Right : virtual Crate { virtual void turn(); char right; };
void Right::turn() { right = 2; }
struct Both : Left, Right, Plain { void open() override; int both; };
void Both::open() { both = 3; }
union Either { int number; double fraction; char text[12]; };
struct Mixed {
  int kind;
  union { int number; struct { short low, high; }; };
  struct { char letter; long size; } named;
};
enum class Color : short { red = -1, green, blue = 7 };
enum Old { first = 1, large = 0xffffffffu };
enum class Wide : unsigned long long { most = 0xffffffffffffffffull };
template <class T, int N> struct Ring {
  struct Node { T value; Node* link; };
  T items[N];
  Node head;
};
typedef struct { int x; long y; } Point;
struct Outer {
  struct Inner;
  Inner* inner;
  int Plain::*pointer;
  int (Crate::*method)(int);
  void (*callback)(char, const Plain&, ...);
  Color color;
  Old old;
  Wide wide;
  const volatile char* text;
  Point point;
  unsigned long long* const* deep[2];
};
struct Outer::Inner { short depth; long size; };
inline namespace v2 { struct Newer { char c; Either either; }; }
}
namespace { struct Hidden { int h; }; }
`;

/** Makes a compiler tell about all types. */
export const USES = `
struct Global { depot::Point p; };
Global global;
depot::Plain plain;
depot::Bits bits;
depot::Box box;
depot::Both both;
depot::Either either;
depot::Mixed mixed;
depot::Ring<unsigned long, 3> ring;
depot::Ring<depot::Ring<char, 1>, 2> rings;
depot::Ring<Hidden, 1> hidden;
depot::Outer outer;
depot::Outer::Inner inner;
depot::Newer newer;
int local(int x) { struct Local { int l; } one = {x}; return one.l + hidden.items[0].h; }
`;

/** Members by type, as C++ spells them. */
const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  Global: ["p"],
  "depot::Plain": ["a", "b", "c", "d", "e"],
  "depot::Crate": ["mass"],
  "depot::Box": ["lid"],
  "depot::Left": ["left"],
  "depot::Right": ["right"],
  "depot::Both": ["both"],
  "depot::Either": ["number", "fraction", "text"],
  "depot::Mixed": ["kind", "number", "low", "high", "named", "named.letter", "named.size"],
  "depot::Ring<unsigned long, 3>": ["items", "head"],
  "depot::Ring<unsigned long, 3>::Node": ["value", "link"],
  "depot::Ring<depot::Ring<char, 1>, 2>": ["items", "head"],
  "depot::Ring<char, 1>": ["items", "head"],
  "depot::Point": ["x", "y"],
  "depot::Outer": ["inner", "pointer", "method", "callback", "color", "old", "wide", "text", "point", "deep"],
  "depot::Outer::Inner": ["depth", "size"],
  "depot::v2::Newer": ["c", "either"],
};

const BITS: readonly string[] = ["a", "b", "c", "d", "e"];
const BASES: readonly (readonly [type: string, base: string])[] = [
  ["depot::Box", "depot::Crate"],
  ["depot::Both", "depot::Left"],
  ["depot::Both", "depot::Right"],
  ["depot::Both", "depot::Plain"],
];
const VIRTUALS: readonly (readonly [type: string, name: string])[] = [
  ["depot::Crate", "weigh"],
  ["depot::Crate", "open"],
  ["depot::Box", "open"],
  ["depot::Box", "seal"],
  ["depot::Box", "weigh"],
  ["depot::Right", "turn"],
];
const ENUMERATORS: Readonly<Record<string, readonly string[]>> = {
  "depot::Color": ["red", "green", "blue"],
  "depot::Old": ["first", "large"],
  "depot::Wide": ["most"],
};

/** A program that prints one fact a line: `size T n`, `member T m offset size`, `bits T m first width`, `base T B n` … */
export function depotProgram(): string {
  const lines = [
    ...[...Object.keys(MEMBERS), ...Object.keys(ENUMERATORS), "depot::Bits"].map((type) =>
      print(`size ${type}`, number(`sizeof(${type})`)),
    ),
    ...Object.entries(MEMBERS).flatMap(([type, members]) => members.map((member) => memberLine(type, member))),
    ...BITS.map(bitLine),
    memberLine("depot::Bits", "f"),
    ...BASES.map(([type, base]) => print(`base ${type} ${base}`, number(`offset_of_base<${type}, ${base}>()`))),
    ...["Left", "Right"].map((type) =>
      print(`virtual depot::${type} depot::Crate`, number(`place_of_virtual<depot::${type}, depot::Crate>(new ${type}Made)`)),
    ),
    ...VIRTUALS.map(([type, name]) => print(`slot ${type} ${name}`, number(`slot_of(&${type}::${name})`))),
    ...Object.entries(ENUMERATORS).flatMap(([type, names]) =>
      names.map(
        (name) =>
          `std::cout << "enumerator ${type} ${name} " << +static_cast<std::underlying_type<${type}>::type>(${type}::${name}) << "\\n";`,
      ),
    ),
  ];
  return `#include <cstddef>\n#include <cstring>\n#include <iostream>\n#include <type_traits>\n${TYPES}${USES}${HELPERS}int main() {\n${lines.join("\n")}\n}\n`;
}

const HELPERS = `
struct LeftMade : depot::Left {};
struct RightMade : depot::Right { void open() override {} };
template <class T, class B> long offset_of_base() { T* p = reinterpret_cast<T*>(4096); return reinterpret_cast<char*>(static_cast<B*>(p)) - reinterpret_cast<char*>(p); }
template <class T, class B> long place_of_virtual(T* object) {
  long distance = reinterpret_cast<char*>(static_cast<B*>(object)) - reinterpret_cast<char*>(object);
  char* table = *reinterpret_cast<char**>(object);
  for (long at = 24; at < 64; at += 8) if (*reinterpret_cast<long*>(table - at) == distance) return at;
  return -1;
}
template <class F> long slot_of(F function) { long words[2]; std::memcpy(words, &function, sizeof(words)); return (words[0] - 1) / 8; }
template <class F> void bits_of(const char* name, F set) {
  depot::Bits value; std::memset(&value, 0, sizeof(value)); set(value);
  unsigned char bytes[sizeof(value)]; std::memcpy(bytes, &value, sizeof(value));
  int first = -1, width = 0;
  for (int bit = 0; bit < 8 * int(sizeof(value)); bit++) if (bytes[bit / 8] >> bit % 8 & 1) { if (first < 0) first = bit; width++; }
  std::cout << "bits depot::Bits " << name << " " << first << " " << width << "\\n";
}
`;

function print(what: string, value: string): string {
  return `std::cout << "${what} " << ${value} << "\\n";`;
}

function number(expression: string): string {
  return `static_cast<long>(${expression})`;
}

function memberLine(type: string, member: string): string {
  const object = `reinterpret_cast<One*>(4096)->${member}`;
  const offset = `reinterpret_cast<const volatile char*>(&${object}) - reinterpret_cast<const volatile char*>(4096)`;
  return `{ typedef ${type} One; std::cout << "member ${type} ${member} " << ${number(offset)} << " " << ${number(`sizeof(${object})`)} << "\\n"; }`;
}

function bitLine(member: string): string {
  return `bits_of("${member}", [](depot::Bits& value) { value.${member} = ${member === "e" ? "true" : "-1"}; });`;
}

interface DepotConstants {
  /** Variables: `facts` with the numbers in order, and one object of Bits a field with all bits of that set. */
  readonly source: string;
  readonly numbers: readonly { readonly what: string; readonly expression: string }[];
  readonly bits: readonly string[];
}

/** The sizes and offsets as constants of the object itself, for machines whose programs do not run here. */
export function depotConstants(): DepotConstants {
  const numbers = [
    ...[...Object.keys(MEMBERS), ...Object.keys(ENUMERATORS), "depot::Bits"].map((type) => ({
      what: `size ${type}`,
      expression: `sizeof(${type})`,
    })),
    ...Object.entries(MEMBERS).flatMap(([type, members]) =>
      members.map((member) => ({ what: `member ${type} ${member}`, expression: `__builtin_offsetof(${type}, ${member})` })),
    ),
  ].filter(({ what }) => !/^member depot::(?:Left|Right|Both)/.test(what));
  const fields = BITS.map(
    (name, index) => `extern const depot::Bits only_${name} = {${"0, ".repeat(index)}${["7", "127", "-1", "-1", "true"][index]}};`,
  );
  const facts = `extern const long long facts[] = {\n${numbers.map(({ expression }) => expression).join(",\n")}\n};`;
  return { source: `extern "C" {\n${facts}\n${fields.join("\n")}\n}\n`, numbers, bits: BITS };
}
