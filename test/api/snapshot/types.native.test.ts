/** Holds how types stand in a snapshot. */
import { describe, expect, it } from "vitest";

import { typeText } from "../../../src/api/type-text.js";
import type { ApiSnapshot, ApiType } from "../../../src/model/api-snapshot.js";
import { findLibclang } from "../../../src/toolchain/libclang/find-libclang.js";
import { declarationOf, snapshotOf } from "../../helpers/snapshots.js";

const libclang = await findLibclang();

const TYPES = `
#include <cstdint>
#include <functional>
#include <iterator>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>
namespace lib {
inline namespace v2 {
struct Item { int value; };
enum class Level : uint8_t { kLow };
using Items = std::vector<Item>;
template <typename T> using Owner = std::unique_ptr<T>;
typedef int (*Callback)(const Item& item, void* data);
template <typename T, int N = 4> struct Block { T data[N]; };
template <typename A> struct Uses {
  using Other = typename std::allocator_traits<A>::template rebind_alloc<Item>;
  typename std::iterator_traits<A>::reference at(typename A::size_type index);
};
void f0(std::string_view a, const std::string& b, std::string* c, std::size_t d, int64_t e, std::nullptr_t f);
void f1(Items& a, const Items b, Owner<Item> c, Callback d, Level e);
void f2(std::map<std::string, std::vector<int>> a, std::unique_ptr<Item[]> b, std::function<bool(const Item&, int)> c);
void f3(int a[4], int (*b)[3], int (&c)(double), int Item::*d, Item&& e, const char* const* f, volatile int* g);
void f4(Block<Item, 2> a, Block<int> b, std::vector<bool>::size_type c, decltype(1 + 2L) d);
void f5(std::map<int, int, std::greater<int>> a, std::basic_string<char> b, std::shared_ptr<const Item> c, ...) noexcept;
}
}
lib::Item outside(lib::v2::Level level = lib::Level::kLow);
`;

function parametersOf(snapshot: ApiSnapshot | undefined, name: string): string[] {
  return declarationOf(snapshot as ApiSnapshot, "function", name).parameters.map(({ type }) => typeText(type));
}

function typeAt(snapshot: ApiSnapshot | undefined, name: string, index: number): ApiType | undefined {
  return declarationOf(snapshot as ApiSnapshot, "function", name).parameters[index]?.type;
}

describe.skipIf(libclang === undefined)("types in a snapshot (libclang)", async () => {
  const snapshot = libclang === undefined ? undefined : await snapshotOf(TYPES);

  it("gives the standard library's types their usual names", () => {
    expect(parametersOf(snapshot, "lib::f0")).toEqual([
      "std::string_view",
      "const std::string&",
      "std::string*",
      "size_t",
      "int64_t",
      "std::nullptr_t",
    ]);
    expect(typeAt(snapshot, "lib::f0", 3)).toEqual({ kind: "builtin", name: "size_t" });
  });

  it("keeps the API's own typedefs as they are written, with what they stand for", () => {
    expect(parametersOf(snapshot, "lib::f1")).toEqual([
      "lib::Items&",
      "lib::Items",
      "lib::Owner<lib::Item>",
      "lib::Callback",
      "lib::Level",
    ]);
    const owner = typeAt(snapshot, "lib::f1", 2) as Extract<ApiType, { kind: "alias" }>;
    expect([owner.kind, typeText(owner.target)]).toEqual(["alias", "std::unique_ptr<lib::Item>"]);
    const callback = typeAt(snapshot, "lib::f1", 3) as Extract<ApiType, { kind: "alias" }>;
    expect(typeText(callback.target)).toBe("int (*)(const lib::Item&, void*)");
  });

  it("leaves out a template's arguments that go without saying, and no others", () => {
    expect(parametersOf(snapshot, "lib::f2")).toEqual([
      "std::map<std::string, std::vector<int>>",
      "std::unique_ptr<lib::Item[]>",
      "std::function<bool(const lib::Item&, int)>",
    ]);
    expect(parametersOf(snapshot, "lib::f5")).toEqual([
      "std::map<int, int, std::greater<int>>",
      "std::string",
      "std::shared_ptr<const lib::Item>",
    ]);
    expect(declarationOf(snapshot as ApiSnapshot, "function", "lib::f5")).toMatchObject({ variadic: true, noexcept: true });
  });

  it("has pointers, references, arrays, functions and members' pointers as their parts", () => {
    expect(parametersOf(snapshot, "lib::f3")).toEqual([
      "int*",
      "int (*)[3]",
      "int (&)(double)",
      "int lib::Item::*",
      "lib::Item&&",
      "const char* const*",
      "volatile int*",
    ]);
    expect(typeAt(snapshot, "lib::f3", 5)).toEqual({
      kind: "pointer",
      to: { kind: "pointer", to: { kind: "builtin", name: "char", const: true }, const: true },
    });
  });

  it("takes values among a template's arguments as text, and looks through types of classes of the standard library", () => {
    expect(parametersOf(snapshot, "lib::f4")).toEqual(["lib::Block<lib::Item, 2>", "lib::Block<int>", "size_t", "long"]);
  });

  it("leaves inline namespaces out of names", () => {
    expect(parametersOf(snapshot, "outside")).toEqual(["lib::Level"]);
    expect(snapshot?.namespaces).toEqual([
      { name: "lib", inline: false },
      { name: "lib::v2", inline: true },
    ]);
  });

  it("tells what depends on a template's parameter by its text, also where the compiler knows no declaration for it", () => {
    expect(declarationOf(snapshot as ApiSnapshot, "class", "lib::Uses").methods[0]?.result.kind).toBe("other");
    expect(declarationOf(snapshot as ApiSnapshot, "typedef", "lib::Uses::Other").type.kind).not.toBe("named");
  });

  it("lists instances of the API's templates with the declarations that use them", () => {
    expect(snapshot?.instances.map(({ spelling, uses }) => [spelling, uses])).toEqual([
      ["lib::Block<int>", 1],
      ["lib::Block<lib::Item, 2>", 1],
    ]);
  });

  it("is the same bytes each time", async () => {
    expect({ ...(await snapshotOf(TYPES)) }).toEqual(snapshot);
  });
});
