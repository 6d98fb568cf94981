/** Owns taking clang's text of a type apart, without knowing what its names mean. */
import { type CToken, depthOf, lineOf, tokensIn } from "../text/c-tokens.js";

export type WrittenType = WrittenShape & { const?: true; volatile?: true };

type WrittenShape =
  | { readonly kind: "name"; readonly name: string; readonly arguments: readonly string[] | null }
  | { readonly kind: "pointer"; readonly to: WrittenType }
  | { readonly kind: "reference"; readonly to: WrittenType; readonly rvalue: boolean }
  | { readonly kind: "array"; readonly of: WrittenType; readonly size: string }
  | { readonly kind: "member-pointer"; readonly of: string; readonly to: WrittenType }
  | {
      readonly kind: "function";
      readonly result: WrittenType;
      readonly parameters: readonly WrittenType[];
      readonly variadic: boolean;
      /** What stands behind the parameters: `const &noexcept`. */
      readonly tail: string;
    }
  | { readonly kind: "other"; readonly text: string };

const TAGS: ReadonlySet<string> = new Set(["struct", "class", "union", "enum"]);
const BUILTIN =
  /^(?:void|bool|_Bool|char|char8_t|char16_t|char32_t|wchar_t|short|int|long|float|double|signed|unsigned|__int128|__float128|_Float16|half|auto|_Complex)$/;

const NO_TYPE = /^(?:typename|decltype|_Atomic|__attribute__|sizeof|alignof|_Alignof|noexcept|operator|new|delete)$/;

/** Undefined for a text that is no type. */
export function parseType(written: string): WrittenType | undefined {
  const tokens = tokensIn(written, 0, written.length).flatMap(split);
  let at = 0;
  let tag = "struct";

  function word(): string | undefined {
    return tokens[at]?.text;
  }

  function whole(): WrittenType | undefined {
    const base = specifiers();
    const type = base === undefined ? undefined : declarator(base);
    return at === tokens.length ? type : undefined;
  }

  function specifiers(): WrittenType | undefined {
    const qualifiers: { const?: true; volatile?: true } = {};
    const words: string[] = [];
    let named: WrittenShape | undefined;
    tag = "struct";
    for (let next = word(); next !== undefined; next = word()) {
      if (next === "const" || next === "volatile") qualifiers[next] = true;
      else if (BUILTIN.test(next)) words.push(next);
      else if (TAGS.has(next)) {
        tag = next;
      } else if (named === undefined && (next === "typename" || next === "decltype")) {
        named = dependent(next);
        if (named === undefined) return undefined;
        continue;
      } else if (NO_TYPE.test(next)) return undefined;
      else if (named === undefined && words.length === 0 && (/^[A-Za-z_$]/.test(next) || next === "::" || (next === "(" && isUnnamed()))) {
        named = name();
        if (named === undefined) return undefined;
        continue;
      } else break;
      at++;
    }
    if (named !== undefined) return { ...named, ...qualifiers };
    return words.length === 0 ? undefined : { kind: "name", name: builtin(words), arguments: null, ...qualifiers };
  }

  /** `typename T::x`, `decltype(x)`: as it is written. */
  function dependent(key: string): WrittenShape | undefined {
    const start = at++;
    if (key === "typename" && name() === undefined) return undefined;
    if (key === "decltype") at = closing(at) + 1;
    return { kind: "other", text: lineOf(tokens.slice(start, at)) };
  }

  /** `(unnamed struct at file:1:2)`. */
  function isUnnamed(): boolean {
    const next = tokens[at + 1]?.text;
    return next === "unnamed" || next === "anonymous";
  }

  function name(): WrittenShape | undefined {
    let found = "";
    let given: string[] | null = null;
    for (;;) {
      if (word() === "::") {
        if (tokens[at + 1]?.text === "*") return { kind: "name", name: found, arguments: given };
        found += "::";
        at++;
      }
      const next = word();
      if (next === "(" && isUnnamed()) {
        const end = closing(at);
        const hasKey = tokens[at + 2]?.text !== "at";
        found += lineOf([
          ...tokens.slice(at, at + 2),
          ...(hasKey ? [] : [{ text: tag, at, spaced: true }]),
          ...tokens.slice(at + 2, end + 1),
        ]);
        at = end + 1;
      } else if (next !== undefined && /^[A-Za-z_$]/.test(next) && next !== "template") {
        found += next;
        at++;
      } else return undefined;
      given = null;
      if (word() === "<") {
        const end = closingAngle(at);
        if (end === -1) return undefined;
        const inside = tokens.slice(at + 1, end);
        given = splitArguments(inside);
        if (tokens[end + 1]?.text === "::" && tokens[end + 2]?.text !== "*") found += `<${lineOf(inside)}>`;
        at = end + 1;
      }
      if (word() !== "::") return { kind: "name", name: found, arguments: given };
    }
  }

  function declarator(given: WrittenType): WrittenType | undefined {
    let base = given;
    for (;;) {
      const next = word();
      const scope = memberScope();
      if (next === "*") base = qualified({ kind: "pointer", to: base });
      else if (next === "&" || next === "&&") base = qualified({ kind: "reference", to: base, rvalue: next === "&&" });
      else if (scope !== undefined) {
        at += scope.length - 1;
        base = qualified({ kind: "member-pointer", of: lineOf(scope.slice(0, -2)), to: base });
      } else break;
    }
    return word() === "(" && isNested() ? nested(base) : suffixes(base);
  }

  /** The tokens of `Class::*`. */
  function memberScope(): readonly CToken[] | undefined {
    if (!/^[A-Za-z_$]/.test(word() ?? "")) return undefined;
    let depth = 0;
    for (let end = at; end < tokens.length; end++) {
      const text = tokens[end]?.text as string;
      depth += text === "<" ? 1 : text === ">" ? -1 : 0;
      if (depth === 0 && text === "::" && tokens[end + 1]?.text === "*") return tokens.slice(at, end + 2);
      if (depth === 0 && !/^(?:[\w$]+|::|>)$/.test(text)) return undefined;
    }
    return undefined;
  }

  /** Steps over the sign, and the qualifiers behind it. */
  function qualified(shape: WrittenShape): WrittenType {
    at++;
    const type: WrittenType = { ...shape };
    for (
      let next = word();
      next === "const" ||
      next === "volatile" ||
      next === "__restrict" ||
      next === "restrict" ||
      next === "_Nonnull" ||
      next === "_Nullable";
      next = word()
    ) {
      if (next === "const" || next === "volatile") type[next] = true;
      at++;
    }
    return type;
  }

  function isNested(): boolean {
    const next = tokens[at + 1]?.text ?? "";
    if (/^(?:\*|&|&&|\()$/.test(next)) return true;
    at++;
    const scope = memberScope();
    at--;
    return scope !== undefined;
  }

  function nested(base: WrittenType): WrittenType | undefined {
    const open = at;
    const close = closing(open);
    at = close + 1;
    const inner = suffixes(base);
    const end = at;
    if (inner === undefined) return undefined;
    at = open + 1;
    const type = declarator(inner);
    if (at !== close) return undefined;
    at = end;
    return type;
  }

  function suffixes(base: WrittenType): WrittenType | undefined {
    if (word() === "[") {
      const end = closing(at);
      const size = lineOf(tokens.slice(at + 1, end));
      at = end + 1;
      const inner = suffixes(base);
      return inner === undefined ? undefined : { kind: "array", of: inner, size };
    }
    return word() === "(" ? call(base) : base;
  }

  function call(base: WrittenType): WrittenType | undefined {
    const end = closing(at);
    const given = splitArguments(tokens.slice(at + 1, end));
    at = end + 1;
    const variadic = given.at(-1) === "...";
    const parameters: WrittenType[] = [];
    for (const one of variadic ? given.slice(0, -1) : given) {
      if (one === "void" && given.length === 1) continue;
      parameters.push(parseType(one) ?? { kind: "other", text: one });
    }
    const tail: CToken[] = [];
    for (
      let next = word();
      next !== undefined && /^(?:const|volatile|&|&&|noexcept|throw|__restrict|__attribute__)$/.test(next);
      next = word()
    ) {
      const till = tokens[at + 1]?.text === "(" ? closing(at + 1) : at;
      tail.push(...tokens.slice(at, till + 1));
      at = till + 1;
    }
    let result = base;
    if (word() === "-" || word() === "->") {
      at += word() === "->" ? 1 : 2;
      const behind = lineOf(tokens.slice(at));
      at = tokens.length;
      result = parseType(behind) ?? { kind: "other", text: behind };
    }
    return { kind: "function", result, parameters, variadic, tail: lineOf(tail) };
  }

  function closing(open: number): number {
    let depth = 0;
    for (let i = open; i < tokens.length; i++) {
      depth += depthOf(tokens[i]?.text as string);
      if (depth === 0) return i;
    }
    return tokens.length;
  }

  function closingAngle(open: number): number {
    let [depth, round] = [0, 0];
    for (let i = open; i < tokens.length; i++) {
      const text = tokens[i]?.text as string;
      round += depthOf(text);
      if (round === 0) depth += text === "<" ? 1 : text === ">" ? -1 : 0;
      if (depth === 0) return i;
    }
    return -1;
  }

  return whole();
}

/** Arguments at the outermost level. */
function splitArguments(tokens: readonly CToken[]): string[] {
  const found: string[] = [];
  let [from, depth] = [0, 0];
  for (let i = 0; i <= tokens.length; i++) {
    const text = tokens[i]?.text;
    if (text === undefined || (text === "," && depth === 0)) {
      if (i > from) found.push(lineOf(tokens.slice(from, i)));
      from = i + 1;
    } else depth += text === "<" ? 1 : text === ">" ? -1 : depthOf(text);
  }
  return found;
}

/** `>>` never comes as one token; `<<` does. */
function split(token: CToken): CToken[] {
  return token.text === "<<"
    ? [
        { ...token, text: "<" },
        { text: "<", at: token.at + 1, spaced: false },
      ]
    : [token];
}

/** `long unsigned int` → `unsigned long`. */
function builtin(words: readonly string[]): string {
  const count = (word: string): number => words.filter((one) => one === word).length;
  if (words.length === 1) return words[0] === "_Bool" ? "bool" : words[0] === "unsigned" ? "unsigned int" : (words[0] as string);
  const sign = count("unsigned") > 0 ? "unsigned " : "";
  if (count("char") > 0) return count("unsigned") > 0 ? "unsigned char" : count("signed") > 0 ? "signed char" : "char";
  if (count("double") > 0) return count("long") > 0 ? "long double" : "double";
  if (count("__int128") > 0) return `${sign}__int128`;
  if (count("short") > 0) return `${sign}short`;
  return `${sign}${count("long") === 2 ? "long long" : count("long") === 1 ? "long" : "int"}`;
}
