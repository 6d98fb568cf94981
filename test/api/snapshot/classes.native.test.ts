/** Holds what a snapshot tells of classes, on headers that libclang reads. */
import { describe, expect, it } from "vitest";

import { typeText } from "../../../src/api/type-text.js";
import { findLibclang } from "../../../src/toolchain/libclang/find-libclang.js";
import { declarationOf, methodOf, snapshotOf } from "../../helpers/snapshots.js";

const libclang = await findLibclang();

const SHAPE = `
#include <memory>
namespace shapes {
struct Point { int x = 0; int y{7}; };
class Unknown;
class Shape {
 public:
  struct Options {
    int width : 3;
    unsigned height : 5 = 2;
    mutable bool dirty = false;
    union { int as_int; float as_float; };
    struct { int a; } inner;
  };
  explicit Shape(const Options& options, int depth = 1 +
      2);
  Shape(Shape&&) noexcept;
  Shape(const Shape&) = delete;
  virtual ~Shape();
  virtual void Draw(const Point& at, const char* label = "a,b") const = 0;
  virtual int Area() const& noexcept { return 0; }
  [[nodiscard]] static std::unique_ptr<Shape> Create();
  [[deprecated("use Draw")]] void OldDraw();
  explicit operator bool() const;
  Shape& operator=(const Shape&) = default;
  template <typename T, int N = 3> void Visit(T&& visitor, const int (&values)[N]);
  friend bool operator<(const Shape& a, const Shape& b) { return false; }
  friend class Unknown;
  static constexpr int kSides = 4;
  static int live_count;
 protected:
  int hidden_ = 0;
 private:
  Point* origin_ = nullptr;
};
class Circle final : public Shape, private virtual std::enable_shared_from_this<Circle> {
 public:
  void Draw(const Point&, const char*) const override;
  int Area() const& noexcept final;
};
template <typename T, unsigned N = 8, template <class> class C = std::allocator>
class Box {
 public:
  Box(const Box& other);
  T Get() const;
  Box<T, 2>* next;
};
template <> class Box<bool, 1> { int special; };
template <typename T> class Box<T*, 3> { T* p; };
}
`;

describe.skipIf(libclang === undefined)("classes in a snapshot (libclang)", async () => {
  const snapshot = libclang === undefined ? undefined : await snapshotOf(SHAPE);
  const shape = () => declarationOf(snapshot as NonNullable<typeof snapshot>, "class", "shapes::Shape");

  it("tells a class by its layout, its kind and where its name stands", () => {
    expect(shape()).toMatchObject({
      key: "class",
      defined: true,
      final: false,
      abstract: true,
      polymorphic: true,
      pod: false,
      size: 24,
      align: 8,
    });
    expect(shape().place).toEqual({ file: "api.h", line: 6 });
  });

  it("tells default arguments that end in a macro with parameters", async () => {
    const text = '#define TEXT(x) x\nvoid Say(const char* text = TEXT("a,b"), int count = 1 + TEXT(2), int last = TEXT(4));\n';
    const { parameters } = declarationOf(await snapshotOf(text), "function", "Say");
    expect(parameters.map((one) => one.default)).toEqual(['TEXT("a,b")', "1 + TEXT(2)", "TEXT(4)"]);
  });

  it("marks constructors that are explicit, deleted or do not throw, with the texts of default arguments on one line", () => {
    const [first, second, third] = shape().methods;
    expect(first).toMatchObject({
      role: "constructor",
      name: "Shape",
      explicit: true,
      noexcept: false,
      mangled: "_ZN6shapes5ShapeC1ERKNS0_7OptionsEi",
    });
    expect(first?.parameters.map((one) => [one.name, typeText(one.type), one.default])).toEqual([
      ["options", "const shapes::Shape::Options&", null],
      ["depth", "int", "1 + 2"],
    ]);
    expect(second).toMatchObject({ explicit: false, noexcept: true, deleted: false });
    expect(third).toMatchObject({ deleted: true });
  });

  it("tells virtual, pure, const and reference-qualified methods apart", () => {
    expect(methodOf(shape(), "~Shape")).toMatchObject({ role: "destructor", virtual: true, noexcept: false });
    expect(methodOf(shape(), "Draw")).toMatchObject({ virtual: true, pure: true, const: true, ref: "none" });
    expect(methodOf(shape(), "Draw").parameters[1]?.default).toBe('"a,b"');
    expect(methodOf(shape(), "Area")).toMatchObject({
      virtual: true,
      pure: false,
      const: true,
      ref: "lvalue",
      noexcept: true,
      inline: true,
    });
    expect(methodOf(shape(), "Create")).toMatchObject({ static: true, attributes: ["nodiscard"] });
    expect(methodOf(shape(), "OldDraw").attributes).toEqual(['deprecated("use Draw")']);
  });

  it("tells operators and conversions by their roles", () => {
    expect(methodOf(shape(), "operator bool")).toMatchObject({ role: "conversion", explicit: true, const: true });
    expect(methodOf(shape(), "operator=")).toMatchObject({ role: "operator", defaulted: true });
  });

  it("reads templates of methods with their parameters", () => {
    const visit = methodOf(shape(), "Visit");
    expect(visit.templateParameters?.map(({ kind, name, default: value }) => [kind, name, value])).toEqual([
      ["type", "T", null],
      ["value", "N", "3"],
    ]);
    expect(visit.parameters.map(({ type }) => typeText(type))).toEqual(["T&&", "const int[N]&"]);
    expect(visit.mangled).toBeNull();
  });

  it("keeps friends as they are declared", () => {
    expect(shape().friends).toEqual(["bool operator<(const Shape& a, const Shape& b)", "class Unknown"]);
  });

  it("has friends that only a class declares as functions of the namespace around it", () => {
    const friend = declarationOf(snapshot as NonNullable<typeof snapshot>, "function", "shapes::operator<");
    expect([friend.hidden, friend.parent, friend.name, friend.parameters.length]).toEqual([true, null, "operator<", 2]);
  });

  it("gives fields their place in bits, also bit-fields and those of a union without a name", () => {
    const options = declarationOf(snapshot as NonNullable<typeof snapshot>, "class", "shapes::Shape::Options");
    expect(options.parent).toBe("shapes::Shape");
    expect(options.fields.map(({ name, offset, width, initializer, mutable }) => [name, offset, width, initializer, mutable])).toEqual([
      ["width", 0, 3, null, false],
      ["height", 3, 5, "2", false],
      ["dirty", 8, null, "false", true],
      ["as_int", 32, null, null, false],
      ["as_float", 32, null, null, false],
      ["inner", 64, null, null, false],
    ]);
    const point = declarationOf(snapshot as NonNullable<typeof snapshot>, "class", "shapes::Point");
    expect(point.fields.map(({ initializer }) => initializer)).toEqual(["0", "{7}"]);
    expect(shape().fields.map(({ name, access }) => [name, access])).toEqual([
      ["hidden_", "protected"],
      ["origin_", "private"],
    ]);
  });

  it("names a struct without a name by its place", () => {
    expect(declarationOf(snapshot as NonNullable<typeof snapshot>, "class", "shapes::Shape::Options::(struct at api.h:13)").size).toBe(4);
  });

  it("gives static members a place of their own, constants with their value", () => {
    expect(declarationOf(snapshot as NonNullable<typeof snapshot>, "variable", "shapes::Shape::kSides")).toMatchObject({
      parent: "shapes::Shape",
      constexpr: true,
      value: "4",
    });
    expect(declarationOf(snapshot as NonNullable<typeof snapshot>, "variable", "shapes::Shape::live_count").value).toBeNull();
  });

  it("lists bases with access and virtual inheritance, overriding and final methods", () => {
    const circle = declarationOf(snapshot as NonNullable<typeof snapshot>, "class", "shapes::Circle");
    expect(circle.bases.map(({ type, access, virtual }) => [typeText(type), access, virtual])).toEqual([
      ["shapes::Shape", "public", false],
      ["std::enable_shared_from_this<shapes::Circle>", "private", true],
    ]);
    expect(circle).toMatchObject({ final: true, polymorphic: true, abstract: false });
    expect(methodOf(circle, "Draw")).toMatchObject({ override: true, final: false, virtual: true });
    expect(methodOf(circle, "Area")).toMatchObject({ override: false, final: true });
  });

  it("reads class templates and their specialisations", () => {
    const box = declarationOf(snapshot as NonNullable<typeof snapshot>, "class", "shapes::Box");
    expect(box.templateParameters?.map(({ text }) => text)).toEqual([
      "typename T",
      "unsigned N = 8",
      "template <class> class C = std::allocator",
    ]);
    expect(box).toMatchObject({ size: null, specialization: null });
    expect(box.fields.map(({ type }) => typeText(type))).toEqual(["shapes::Box<T, 2>*"]);
    const special = declarationOf(snapshot as NonNullable<typeof snapshot>, "class", "shapes::Box<bool, 1>");
    expect(special.specialization).toEqual([{ type: { kind: "builtin", name: "bool" } }, { text: "1" }]);
    const partial = snapshot?.declarations.find((one) => one.qualifiedName.startsWith("shapes::Box<T"));
    expect(partial).toMatchObject({ specialization: [{ type: { kind: "other", text: "T*" } }, { text: "3" }] });
  });

  it("keeps a class that is only declared", () => {
    expect(declarationOf(snapshot as NonNullable<typeof snapshot>, "class", "shapes::Unknown")).toMatchObject({
      defined: false,
      size: null,
      methods: [],
    });
  });
});
