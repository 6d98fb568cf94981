/** Owns the generated tests of interfaces: an application's class behind the library's, its calls, its defaults, its end. */
import type { CallPlan, ClassPlan, MethodPlan, ShimPlan, SideIndex } from "../../plan/model.js";
import { operationWord } from "../class-calls.js";
import { overName, virtualMethods } from "../interface-adapters.js";
import { type ClassNamed, interfacesOf } from "../operations.js";
import { beforeName, callsName, wordOf } from "../text.js";

/** Two classes of an application: one that overrides all there is and looks at what arrives, one that overrides what it has to. */
export function fakes(one: ClassPlan, { namespace }: ShimPlan, named: ClassNamed): string[] {
  const word = wordOf(one.name);
  const all = virtualMethods(one, named).filter(({ access, pure }) => access !== "private" || pure);
  const pure = all.filter((method) => method.pure);
  return [
    `struct Fake${word} : ${namespace}::${one.name} {`,
    "  mutable int calls = 0;",
    "  mutable bool same = true;",
    "  int* ended = nullptr;",
    `  ~Fake${word}() override {`,
    "    if (ended != nullptr) ++*ended;",
    "  }",
    "  template <class T>",
    "  void Look(const Plain<T>& arrived, int seed) const {",
    "    if constexpr (Argument<L, T>::kIs) same = same && Argument<L, T>::Same(arrived, seed);",
    "  }",
    ...all.flatMap(fakeMethod),
    "};",
    ...(pure.length === all.length
      ? []
      : [
          `struct Bare${word} : ${namespace}::${one.name} {`,
          ...pure.map((method) => `  ${signature(method)} { return Result<L, ${resultOf(method)}>::Give(); }`),
          "};",
        ]),
  ];
}

function parametersOf(method: MethodPlan): CallPlan["parameters"] {
  return (method.calls[0] as CallPlan).parameters;
}

function resultOf({ result }: MethodPlan): string {
  return beforeName(result.shim);
}

function signature(method: MethodPlan, names = false): string {
  const list = parametersOf(method).map(({ type }, index) => beforeName(type.shim) + (names ? ` a${index}` : ""));
  return `${resultOf(method)} ${method.name}(${list.join(", ")})${method.const ? " const" : ""} override`;
}

function fakeMethod(method: MethodPlan): string[] {
  return [
    `  ${signature(method, true)} {`,
    "    ++calls;",
    ...parametersOf(method).map(({ type }, index) => `    Look<${beforeName(type.shim)}>(a${index}, ${index + 1});`),
    `    return Result<L, ${resultOf(method)}>::Give();`,
    "  }",
  ];
}

/** What a release does not let be overridden is its own there. */
function isVirtualIn({ of, lacking }: MethodPlan, side: SideIndex): boolean {
  const own = of[side];
  return lacking[side] === null && own !== null && "virtual" in own && own.virtual;
}

export function interfaceTest(one: ClassPlan, plan: ShimPlan, side: SideIndex, named: ClassNamed): string[] {
  const [n, f] = [`${plan.namespace}::${one.name}`, `typename L::${wordOf(one.name)}`];
  const methods = virtualMethods(one, named).filter((method) => method.access === "public" && isVirtualIn(method, side));
  const defaults = methods.filter(({ pure }) => !pure);
  const over = (object: string): string[] => [
    `    auto* library = unfork::ToLibrary<L, ${f}*>(static_cast<${n}*>(&${object}), lender);`,
    `    ${plan.namespace}::detail::${overName(one)}<L> over(library, unfork::Ownership::kLent, nullptr);`,
    "    (void)over;",
  ];
  return [
    "  {",
    `    Fake${wordOf(one.name)} fake;`,
    ...over("fake"),
    `    Check(library != nullptr && (unfork::ToLibrary<L, ${f}*>(static_cast<${n}*>(&fake), lender) == library), "${one.name}: one adapter over an application's object");`,
    `    Check((unfork::ToShim<L, ${n}*>(library, lender) == &fake), "${one.name}: the application's object comes back as itself");`,
    ...methods.flatMap((method) => callTest(one, method, plan)),
    "  }",
    ...(defaults.length === 0
      ? []
      : [
          "  {",
          `    Bare${wordOf(one.name)} bare;`,
          ...over("bare"),
          ...defaults.flatMap((method) => defaultTest(one, method, plan, named)),
          "  }",
        ]),
    ...lifetimeTests(one, n),
  ];
}

function lifetimeTests({ name, refCounted, destructible }: ClassPlan, n: string): string[] {
  const checks = refCounted ? ["CheckCounted"] : destructible ? ["CheckGiven", "CheckOverLibrary"] : [];
  return checks.map((check) => `  ${check}<L, ${n}, Fake${wordOf(name)}>("${name}");`);
}

function titleOf(one: ClassPlan, method: MethodPlan): string {
  const list = parametersOf(method).map(({ type }) => type.shim);
  return `${one.name}::${method.name}(${list.join(", ")})`;
}

/** Whether samples can be made of all that is sent, and of what is given back where that is wanted. */
function possible(method: MethodPlan, more: readonly string[] = []): string {
  const list = [...parametersOf(method).map(({ type }) => `Argument<L, ${beforeName(type.shim)}>::kIs`), ...more];
  return list.length === 0 ? "true" : list.join(" && ");
}

/** The arguments made anew, as a call may take them away. */
function withArguments(method: MethodPlan, call: (args: readonly string[]) => string): string {
  const parameters = parametersOf(method);
  const made = parameters.map(({ type }, index) => `Argument<L, ${beforeName(type.shim)}> a${index}(${index + 1}); `).join("");
  return `${made}${call(parameters.map((_, index) => `a${index}.get()`))}`;
}

function callTest(one: ClassPlan, method: MethodPlan, { namespace }: ShimPlan): string[] {
  const result = resultOf(method);
  const call = (args: readonly string[]): string =>
    `return static_cast<${namespace}::${one.name}&>(over).${method.name}(${args.join(", ")});`;
  return [
    `    if constexpr (${possible(method, [`Result<L, ${result}>::kIs`])}) {`,
    "      fake.calls = 0;",
    "      fake.same = true;",
    `      const bool same = Result<L, ${result}>::Same([&]() -> ${result} { ${withArguments(method, call)} });`,
    `      Check(same && fake.same && fake.calls == 1, "${titleOf(one, method)}: called by the library with what was sent");`,
    "    } else {",
    `      Skip("${titleOf(one, method)}");`,
    "    }",
  ];
}

function lambda(type: string, body: string): string {
  return `[&]() -> ${type} { ${body} }`;
}

/** What the application does not override is the library's, and does not call itself for ever. */
function defaultTest(one: ClassPlan, method: MethodPlan, { namespace }: ShimPlan, named: ClassNamed): string[] {
  const owner =
    [one, ...interfacesOf(one, named).flatMap((name) => named(name) ?? [])].find(({ methods }) => methods.includes(method)) ?? one;
  const result = resultOf(method);
  const title = `${titleOf(one, method)}: the library's own where the application has none`;
  const mayBeNothing = parametersOf(method)
    .map(({ type }) => ` || MayBeNothing<Plain<${beforeName(type.shim)}>>::value`)
    .join("");
  const own = (args: readonly string[]): string =>
    `${namespace}::detail::${callsName(owner)}<L>::${operationWord(method)}(${[`static_cast<${method.const ? "const " : ""}${namespace}::${owner.name}&>(bare)`, ...args].join(", ")});`;
  const through = (args: readonly string[]): string => `static_cast<${namespace}::${one.name}&>(over).${method.name}(${args.join(", ")});`;
  const returned = (call: (args: readonly string[]) => string): string =>
    lambda(
      result,
      withArguments(method, (args) => `return ${call(args)}`),
    );
  return [
    `    if constexpr (${possible(method)}) {`,
    `      const End end = EndOf(${lambda("void", withArguments(method, own))});`,
    // A null pointer may be too much for the library.
    "      if (end == End::kGood) {",
    `        const bool same = Default<L, ${result}>::Same(${returned(through)}, ${returned(own)});`,
    `        Check(same, "${title}");`,
    `      } else if (end == End::kRefused${mayBeNothing}) {`,
    `        Skip("${title}");`,
    "      } else {",
    `        Check(false, "${title}");`,
    "      }",
    "    } else {",
    `      Skip("${title}");`,
    "    }",
  ];
}
