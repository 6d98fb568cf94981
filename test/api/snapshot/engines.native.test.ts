/** Holds both engines against each other on the same headers: they tell the same, but for what docs/api.md lists. */
import { describe, expect, it } from "vitest";

import type { ApiClass, ApiDeclaration, ApiSnapshot } from "../../../src/model/api-snapshot.js";
import { findTool } from "../../../src/toolchain/find-tool.js";
import { findLibclang } from "../../../src/toolchain/libclang/find-libclang.js";
import { snapshotOf } from "../../helpers/snapshots.js";

const libclang = await findLibclang();
const clang = await findTool("clang");

const CPP = `
#ifndef API_H
#define API_H
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>
#define API_LIMIT 7
#define API_EXPORT __attribute__((visibility("default")))
#define API_GUARDED(x) __attribute__((guarded_by(x)))
#define API_GONE 1
#undef API_GONE
#define API_TEXT(text) text
namespace api { inline namespace v1 {
/* A place. */
struct Place { int x = 0; int y{API_LIMIT}; /* down */ bool operator==(const Place& other) const { return x == other.x; } };
enum class Level : unsigned char { kLow, kHigh = 4, kNext };
enum Plain { kMinus = -1, kZero };
using Places = std::vector<Place>;
template <typename T> using Owner = std::unique_ptr<T>;
typedef void (*Callback)(const Place& at, void* data);
class Later;
// What draws.
class API_EXPORT Shape {
 public:
  enum Mode { kFast, kSlow };
  struct Options { mutable bool dirty = false; union { int as_int; float as_float; }; std::map<std::string, int> counts = {{"a", 1}}; };
  explicit Shape(const Options& options, int depth = API_LIMIT, Owner<Place> place = nullptr) noexcept;
  Shape(const Shape&) = delete;
  virtual ~Shape();
  virtual void Draw(const Places& places, std::string_view name = "x,y") const = 0;
  virtual int Area() const& noexcept { return 0; }
  [[nodiscard]] static std::unique_ptr<Shape> Create(std::function<void(int)> done = nullptr);
  [[deprecated("use Draw")]] void Old(int (*compare)(const void*, const void*), int Place::*field, const char* const* names, int values[3]);
  explicit operator bool() const;
  Shape& operator=(const Shape&) = default;
  template <typename T, int N = 3> void Visit(T&& visitor);
  friend bool operator<(const Shape& a, const Shape& b) { return false; }
  friend class Later;
  static constexpr int kSides = 4;
  static int live;
 protected:
  int hidden_ API_GUARDED(this) = 0;
 private:
  Place* origin_ = nullptr;
};
class Circle final : public Shape { public: ~Circle(); void Draw(const Places&, std::string_view) const override; int Area() const& noexcept final; };
template <typename T, unsigned N = 8> class Box { public: Box(const Box& other); T Get() const; Box<T, 2>* next; using value_type = T; enum { kSize = N * 2 }; };
template <> class Box<bool, 1> { public: int special; };
template <typename T> class Box<T*, 3> { T* p; };
Box<int> MakeBox(Box<Place, 2> in, const std::vector<Box<char>>& all, Level level = Level::kLow);
template <typename T> T Twice(T value);
constexpr int kMost = 3 * 4;
constexpr char kName[] = "name";
inline constexpr double kRatio = 0.25;
extern int counter;
void Out(unsigned long a, long double b, ...) noexcept(false);
void Said(const char* text = API_TEXT("a,b"), int count = 1 + API_TEXT(2), int last = API_TEXT(4));
enum Ahead : int;
enum Ahead : int { kAhead = 1 };
struct Later2; struct Later2 { int q; }; struct Later2;
extern template class Box<long>;
template class Box<short>;
struct Declared { static const int kHere; void Inside(); template <class U> void Any(U); };
inline void Declared::Inside() {}
template <class U> void Declared::Any(U) {}
constexpr unsigned long long kBig = ~0ull;
const char* const kQuoted = "q\\"x";
} namespace sub { using api::Place; } }
namespace alias = api::sub;
extern "C" { typedef struct handle handle; typedef struct { int a; } pair_t; int handle_open(handle** out, const char* path); }
#endif
`;

const C = `
#include <stddef.h>
#include <stdint.h>
typedef struct list list;
struct node { struct node* next; union { long l; double d; } value; int (*compare)(const list*, size_t); };
typedef struct { uint8_t low, high; } range_t;
typedef enum { RED, BLUE = 4 } color_t;
static inline int half(int x) { return x / 2; }
int list_add(list* to, struct node* one, color_t color, void (*done)(void*), ...) __attribute__((nonnull(1)));
`;

/** Without what only one of them knows. */
function comparable(snapshot: ApiSnapshot): unknown {
  const { engine: _engine, instances, declarations, ...rest } = snapshot;
  return {
    ...rest,
    instances: instances.map(({ spelling, uses }) => [spelling, uses]),
    declarations: declarations.map(withoutLayoutOfUnnamed),
  };
}

function withoutLayoutOfUnnamed(one: ApiDeclaration): ApiDeclaration {
  if (one.kind !== "class") return one;
  const unnamed: Partial<ApiClass> =
    one.name === "" ? { size: null, align: null, fields: one.fields.map((field) => Object.assign({}, field, { offset: null })) } : {};
  return { ...one, ...unnamed };
}

describe.skipIf(libclang === undefined || clang === undefined)("both engines, libclang and clang's AST as JSON", () => {
  it.each([
    ["C++", CPP, {}],
    ["C", C, { language: "c" as const }],
  ])("tell the same of %s headers", async (_, text, options) => {
    const [first, second] = await Promise.all([
      snapshotOf(text, { ...options, engine: "libclang" }),
      snapshotOf(text, { ...options, engine: "clang-json" }),
    ]);
    expect([first.engine.name, second.engine.name]).toEqual(["libclang", "clang-json"]);
    expect(comparable(second)).toEqual(comparable(first));
    expect(first.declarations.filter(({ qualifiedName }) => /^api::Box<(long|short)>/.test(qualifiedName))).toEqual([]);
  });

  it("know a function for inline whose body follows behind its class", async () => {
    const text =
      "struct A { int outside() const; int other(); };\ninline int A::outside() const { return 1; }\nint later();\ninline int later() { return 2; }\n";
    for (const engine of ["libclang", "clang-json"] as const) {
      const { declarations } = await snapshotOf(text, { engine });
      const found = declarations.flatMap((one) => {
        if (one.kind === "class") return one.methods.map(({ name, inline }) => [name, inline]);
        return one.kind === "function" ? [[one.name, one.inline]] : [];
      });
      expect(found, engine).toEqual([
        ["outside", true],
        ["other", false],
        ["later", true],
      ]);
    }
  });

  it("records the same errors", async () => {
    const broken = "struct A { Missing m; int n; };\nint fine();\n";
    const [first, second] = await Promise.all([
      snapshotOf(broken, { keepGoing: true, engine: "libclang" }),
      snapshotOf(broken, { keepGoing: true, engine: "clang-json" }),
    ]);
    expect(second.diagnostics).toEqual(first.diagnostics);
    expect(second.declarations.map(({ name }) => name)).toEqual(first.declarations.map(({ name }) => name));
  });
});
