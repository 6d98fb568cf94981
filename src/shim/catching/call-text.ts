/** Owns the C++ of single calls: arguments made in order, the call, what it gives and what it leaves. */
import { wordOf } from "../emit/text.js";
import type { Argument } from "./arguments.js";
import type { ApiCall, Maker } from "./calls.js";
import { type KnownTypes, gettersOf } from "./types.js";

export interface TextPlace {
  readonly namespace: string;
  readonly types: KnownTypes;
}

/** Makes the arguments in order; the objects among them as pointers, which are null where the call is only written down. */
function madeArguments(list: readonly Argument[], place: TextPlace, inner: (names: readonly string[]) => readonly string[]): string[] {
  const names = list.map((_, index) => `p${index}`);
  const lines: string[] = [];
  const closing: string[] = [];
  for (const [index, { made }] of list.entries()) {
    if (index > 0) lines.push('in.Say(", ");');
    if (made.kind === "value") lines.push(...madeValue(made.type, `p${index}`, place));
    else {
      lines.push(`With${wordOf(made.of.name)}(in, out, [&](${made.of.name}* p${index}) {`);
      closing.push("});");
    }
  }
  return [...lines, ...inner(names), ...closing];
}

/** Of a class with its name in front; the braces of what is in it need none. */
function madeValue(type: string, name: string, { types, namespace }: TextPlace): string[] {
  const said = types.classes.has(type) ? [`in.Say("${namespace}::${type}");`] : [];
  return [...said, `auto ${name} = unfork_catch::MakeOne<${type}>(in);`];
}

function givenList(list: readonly Argument[], names: readonly string[]): string {
  return list.map(({ given }, index) => given(names[index] as string)).join(", ");
}

export function withObject(name: string, ways: readonly Maker[], place: TextPlace): string[] {
  const cases = ways.map(({ call, arguments: list, gives }, index) => {
    const inner = (names: readonly string[]): string[] => {
      const given = givenList(list, names);
      const made = gives === "object" ? (given === "" ? `${name} made;` : `${name} made(${given});`) : `auto made = ${call}(${given});`;
      return [
        "in.Calm(false);",
        'in.Say(")");',
        `if (in.describes()) return use(static_cast<${name}*>(nullptr));`,
        made,
        ...(gives === "pointer"
          ? ['if (made == nullptr) return void(out += "no object");', "return use(&*made);"]
          : ["return use(&made);"]),
      ];
    };
    return [
      `    case ${index}: {`,
      `      in.Say("${place.namespace}::${call}(");`,
      ...(list.length === 0 ? [] : ["      in.Calm(true);"]),
      ...madeArguments(list, place, inner).map((line) => `      ${line}`),
      "    }",
    ];
  });
  return [
    "template <class Use>",
    `void With${wordOf(name)}(unfork_catch::Input& in, std::string& out, Use use) {`,
    `  switch (in.Pick(${ways.length})) {`,
    ...cases.flat(),
    "  }",
    "}",
    "",
  ];
}

export function callText(call: ApiCall, index: number, place: TextPlace): string[] {
  const { self, arguments: list } = call;
  const before = self === undefined ? `${place.namespace}::${call.call}` : `.${call.call}`;
  const target = self === undefined ? "" : self.of.kind === "object" ? "self->" : "self.";
  const body = [
    `in.Say("${before}(");`,
    ...madeArguments(list, place, (names) => [
      'in.Say(")");',
      "if (in.describes()) return;",
      ...shownCall(call, `${target}${call.call}(${givenList(list, names)})`),
      ...list.flatMap(({ changes, made }, at) =>
        changes ? [`unfork_catch::ShowAfter(out, "argument ${at + 1}", ${made.kind === "object" ? "*" : ""}p${at});`] : [],
      ),
      ...selfAfter(self, place.types),
    ]),
  ];
  const whole =
    self === undefined
      ? body
      : self.of.kind === "object"
        ? [`With${wordOf(self.of.name)}(in, out, [&](${self.of.name}* self) {`, ...body, "});"]
        : [...madeValue(self.of.name, "self", place), ...body];
  return [`void Call${index}(unfork_catch::Input& in, std::string& out) {`, ...whole.map((line) => `  ${line}`), "}", ""];
}

function shownCall({ shown }: ApiCall, text: string): string[] {
  if (shown === "pointee") return [`auto result = ${text};`, "unfork_catch::ShowPointee(out, result ? &*result : nullptr);"];
  if (shown === "range") return [`unfork_catch::ShowRange(out, ${text});`];
  return [`unfork_catch::ShowResult(out, [&]() -> decltype(auto) { return ${text}; });`];
}

/** Of an object only where it tells of itself. */
function selfAfter(self: ApiCall["self"], types: KnownTypes): string[] {
  if (self === undefined || self.const) return [];
  if (self.of.kind !== "object") return ['unfork_catch::ShowAfter(out, "the value", self);'];
  return gettersOf(self.of, types).length === 0 ? [] : ['unfork_catch::ShowAfter(out, "the object", *self);'];
}

/** The call whose text stands in this line of the driver, counted from 1. */
export function callAt(text: string, line: number): number | undefined {
  const before = text.split("\n").slice(0, line).toReversed();
  const start = before.find((each) => /^(?:void Call\d+\(|template |\}$)/.test(each));
  const index = /^void Call(\d+)\(/.exec(start ?? "")?.[1];
  return index === undefined ? undefined : Number(index);
}
