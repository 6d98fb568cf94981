/** Owns clang's texts of types as types of the snapshot: what their names mean where they stand. */
import type { ApiTemplateArgument, ApiType } from "../../../model/api-snapshot.js";
import { isStandardRecord, usualNamed, usualTypedef } from "../standard-names.js";
import type { TypeWords } from "./nodes.js";
import type { Symbol, Symbols } from "./symbols.js";
import { parseType, type WrittenType } from "./type-parser.js";
import { asParameter } from "../parameter-type.js";

/** Where a type stands. */
export interface TypeScope {
  /** Qualified name of the class or namespace around it. */
  readonly name: string;
  /** Names of the parameters of templates around it. */
  readonly parameters: ReadonlySet<string>;
}

export interface TypeResolver {
  readonly of: (type: TypeWords, scope: TypeScope) => ApiType;
  /** As a parameter's type. */
  readonly ofParameter: (type: TypeWords, scope: TypeScope) => ApiType;
  readonly ofText: (text: string, scope: TypeScope) => ApiType;
  /** A function's type, or undefined for what is none. */
  readonly functionOf: (
    type: TypeWords,
    scope: TypeScope,
  ) => (Extract<ApiType, { kind: "function" }> & { readonly tail: string }) | undefined;
}

const BUILTIN =
  /^(?:void|bool|(?:unsigned |signed )?char|char(?:8|16|32)_t|wchar_t|(?:unsigned )?(?:short|int|long|long long|__int128)|float|double|long double|__float128|_Float16|half)$/;

/** `placeOf`: the path in the snapshot of a file. */
export function typeResolver(symbols: Symbols, placeOf: (file: string) => string): TypeResolver {
  function of(words: TypeWords, scope: TypeScope): ApiType {
    const type = withoutDefaults(ofText(words.qualType, scope), words, scope);
    const isUnknown = type.kind === "named" && !type.name.startsWith("std::") && symbols.find(type.name, "") === undefined;
    if (!isUnknown || words.desugaredQualType === undefined || words.desugaredQualType === words.qualType) return type;
    // A typedef of another library: its own dump was left out.
    const target = ofText(words.desugaredQualType, scope);
    return words.typeAliasDeclId === undefined ? target : { ...type, kind: "alias", arguments: null, target: unqualified(target) };
  }

  /** clang leaves arguments that go without saying out of what a type comes to. */
  function withoutDefaults(type: ApiType, { desugaredQualType }: TypeWords, scope: TypeScope): ApiType {
    if (desugaredQualType === undefined || type.kind !== "named" || type.arguments === null || !type.name.startsWith("std::")) return type;
    const target = ofText(desugaredQualType, scope);
    return target.kind === "named" && (target.arguments?.length ?? 0) < type.arguments.length ? target : type;
  }

  function ofText(text: string, scope: TypeScope): ApiType {
    const written = parseType(text);
    return written === undefined ? otherOf(text) : resolved(written, scope);
  }

  function resolved(written: WrittenType, scope: TypeScope): ApiType {
    const shape = shapeOf(written, scope);
    if (written.const === undefined && written.volatile === undefined) return shape;
    return {
      ...shape,
      ...(written.const === true ? { const: true as const } : {}),
      ...(written.volatile === true ? { volatile: true as const } : {}),
    };
  }

  function shapeOf(written: WrittenType, scope: TypeScope): ApiType {
    switch (written.kind) {
      case "pointer":
        return { kind: "pointer", to: resolved(written.to, scope) };
      case "reference":
        return { kind: "reference", to: resolved(written.to, scope), rvalue: written.rvalue };
      case "member-pointer":
        return { kind: "member-pointer", of: classNamed(written.of, scope), to: resolved(written.to, scope) };
      case "array":
        return arrayOf(written, scope);
      case "function":
        return {
          kind: "function",
          result: resolved(written.result, scope),
          parameters: written.parameters.map((one) => asParameter(resolved(one, scope))),
          variadic: written.variadic,
          noexcept: neverThrows(written.tail),
        };
      case "other":
        return otherOf(written.text);
      default:
        return named(written.name, written.arguments, scope);
    }
  }

  function arrayOf(written: Extract<WrittenType, { kind: "array" }>, scope: TypeScope): ApiType {
    const element = resolved(written.of, scope);
    if (written.size === "" || /^\d+$/.test(written.size))
      return { kind: "array", of: element, size: written.size === "" ? null : Number(written.size) };
    const name = written.of.kind === "name" ? written.of.name : "";
    return { kind: "other", text: `${element.const === true ? "const " : ""}${name}[${written.size}]` };
  }

  function classNamed(text: string, scope: TypeScope): string {
    return symbols.find(text, scope.name)?.name ?? text;
  }

  function named(name: string, written: readonly string[] | null, scope: TypeScope): ApiType {
    if (BUILTIN.test(name)) return { kind: "builtin", name };
    if (/(?:^|_)va_list(?:_tag)?$/.test(name)) return { kind: "builtin", name: "va_list" };
    if (scope.parameters.has(name.split("::")[0] as string) && written === null) return { kind: "other", text: name };
    if (written !== null && scope.parameters.has(`value ${name}`)) return { kind: "other", text: `${name}<${written.join(", ")}>` };
    if (name.includes("(")) return { kind: "named", name: withoutPlaces(name), arguments: null };
    const symbol = symbols.find(name, scope.name);
    if (symbol !== undefined) return known(symbol, written, scope);
    if (isInKnown(name, scope)) return { kind: "other", text: name };
    const usual = written === null ? usualTypedef(name.replace(/^::/, "")) : undefined;
    if (usual !== undefined && !usual.startsWith("std::") && !isStandardRecord(usual)) return { kind: "builtin", name: usual };
    if (usual === "std::nullptr_t") return { kind: "builtin", name: usual };
    return usualNamed(usual ?? name.replace(/^::/, ""), written === null ? null : argumentsOf(written, scope));
  }

  /** A type inside of what a name of the API stands for: `Items::iterator`. */
  function isInKnown(name: string, scope: TypeScope): boolean {
    for (let at = name.lastIndexOf("::"); at > 0; at = name.lastIndexOf("::", at - 1)) {
      const symbol = symbols.find(name.slice(0, at), scope.name);
      if (symbol !== undefined && symbol.kind !== "value") return true;
    }
    return false;
  }

  /** A tag without a name is told by its line. */
  function withoutPlaces(name: string): string {
    return name.replaceAll(
      /\((?:unnamed|anonymous) (\w+) at (.*?):(\d+):\d+\)/g,
      (_, key: string, file: string, line: string) => `(${key} at ${placeOf(file)}:${line})`,
    );
  }

  function known(symbol: Symbol, written: readonly string[] | null, scope: TypeScope): ApiType {
    if (symbol.kind === "typedef") return { kind: "alias", name: symbol.name, arguments: null, target: symbol.type() };
    const given = written === null ? null : argumentsOf(written, scope);
    if (symbol.kind !== "alias-template") return usualNamed(symbol.name, given);
    return { kind: "alias", name: symbol.name, arguments: given ?? [], target: substituted(symbol.type(), symbol.parameters, given ?? []) };
  }

  function argumentsOf(written: readonly string[], scope: TypeScope): ApiTemplateArgument[] {
    return written.map((text) => {
      const type = parseType(text);
      return type === undefined || (type.kind === "name" && isValue(type.name, scope)) ? { text } : { type: resolved(type, scope) };
    });
  }

  /** A constant's name, or a parameter that stands for a value. */
  function isValue(name: string, scope: TypeScope): boolean {
    // A member of what depends on a parameter is a type only where that is said.
    if (name.includes("::") && scope.parameters.has(name.split("::")[0] as string)) return true;
    if (BUILTIN.test(name) || name === "auto" || scope.parameters.has(name) || name.startsWith("std::"))
      return name === "true" || name === "false";
    if (name === "true" || name === "false" || symbols.find(name, scope.name)?.kind === "value") return true;
    return (
      symbols.find(name, scope.name) === undefined &&
      usualTypedef(name) === undefined &&
      !/[A-Za-z]_t$/.test(name) &&
      scope.parameters.has(`value ${name}`)
    );
  }

  return {
    of,
    ofParameter: (words, scope) => asParameter(of(words, scope)),
    ofText,
    functionOf: (type, scope) => {
      const written = parseType(type.qualType);
      if (written?.kind !== "function") return undefined;
      return { ...(shapeOf(written, scope) as Extract<ApiType, { kind: "function" }>), tail: written.tail };
    },
  };
}

function unqualified(type: ApiType): ApiType {
  const { const: _const, volatile: _volatile, ...plain } = type;
  return plain;
}

function neverThrows(tail: string): boolean {
  return /\bnoexcept\b(?! ?\()|noexcept ?\( ?true ?\)|throw ?\( ?\)/.test(tail);
}

function otherOf(text: string): ApiType {
  const [, words = "", rest = text] = /^((?:(?:const|volatile) )*)([\s\S]*)$/.exec(text) ?? [];
  return {
    kind: "other",
    text: rest,
    ...(words.includes("const") ? { const: true as const } : {}),
    ...(words.includes("volatile") ? { volatile: true as const } : {}),
  };
}

/** An alias template's type with arguments in place of its parameters. */
function substituted(type: ApiType, parameters: readonly string[], given: readonly ApiTemplateArgument[]): ApiType {
  const inner = (one: ApiType): ApiType => substituted(one, parameters, given);
  const among = (some: readonly ApiTemplateArgument[] | null): ApiTemplateArgument[] | null =>
    some?.map((one) => ("type" in one ? { type: inner(one.type) } : one)) ?? null;
  switch (type.kind) {
    case "other": {
      const argument = given[parameters.indexOf(type.text)];
      if (argument === undefined) return type;
      const plain: ApiType = "type" in argument ? argument.type : { kind: "other", text: argument.text };
      return type.const === true ? { ...plain, const: true } : plain;
    }
    case "pointer":
    case "reference":
    case "member-pointer":
      return { ...type, to: inner(type.to) };
    case "array":
      return { ...type, of: inner(type.of) };
    case "function":
      return { ...type, result: inner(type.result), parameters: type.parameters.map(inner) };
    case "named":
      return { ...type, arguments: among(type.arguments) };
    case "alias":
      return { ...type, arguments: among(type.arguments), target: inner(type.target) };
    default:
      return type;
  }
}
