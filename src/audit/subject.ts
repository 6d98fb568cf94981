/**
 * Owns what a demangled name belongs to: its own qualified name without template arguments, and the names that its
 * template arguments mention. Input is the name without return type and parameters (`c++filt -p`).
 */
import { scopesIn } from "./scopes.js";

export interface Subject {
  /** As in `std::vector::push_back`; the type, for vtables and the like. */
  readonly path: string;
  /** Qualified names in template arguments, each once. */
  readonly mentions: readonly string[];
}

/** The scope of what describes a builtin type (`typeinfo for int*`): the ABI's runtime has its like. */
export const BUILTIN_SCOPE = "__cxxabiv1::builtin";

const PREFIX =
  /^(?:vtable|VTT|typeinfo(?: name| fn)?|guard variable|reference temporary #\d+|(?:non-virtual|virtual|covariant return) thunk|TLS (?:init|wrapper) function|construction vtable|hidden alias|(?:non-)?transaction clone|template parameter object) (?:for|to) /;

/** Longest first, so that `->*` is not taken for `->`. */
const OPERATOR =
  /^operator(?: ?(?:new|delete)(?:\[\])?|\(\)|\[\]|<=>|<<=|>>=|->\*|->|<<|>>|&&|\|\||\+\+|--|[-+*/%^&|!=<>]=|[-+*/%^&|~!=<>,]|""\s?[\w$]+| co_await)/;

const ANONYMOUS = "(anonymous namespace)";
const CLOSERS: Readonly<Record<string, string>> = { "<": ">", "(": ")", "[": "]", "{": "}" };

/** Splits a demangled name. What is not understood ends among the mentions. */
export function subjectOf(plain: string): Subject {
  const prefix = PREFIX.exec(plain)?.[0] ?? "";
  const text = plain.slice(prefix.length);
  const { path, args } = walk(text);
  if (prefix.startsWith("construction vtable")) return ownerSubject(path, args);
  if (prefix.startsWith("typeinfo") && !isSimple(text, path)) return typeSubject(text);
  return { path, mentions: scopesIn(args) };
}

/** `A-in-B`: the table belongs to B and speaks of A. */
function ownerSubject(path: string, args: string): Subject {
  const [inner = "", owner = ""] = path.split("-in-");
  return { path: owner, mentions: scopesIn(`${args} ${inner}`) };
}

/** One class or enum, and not a pointer, function or builtin type. */
function isSimple(text: string, path: string): boolean {
  return !/[\s*&]$/.test(text) && /^[^\s*&]+$/.test(path) && scopesIn(path).length > 0;
}

/** `void (*)(Foo)`: the first name mentioned stands for the type. */
function typeSubject(text: string): Subject {
  const [first, ...others] = scopesIn(text);
  return { path: first ?? BUILTIN_SCOPE, mentions: others };
}

interface Parts {
  readonly path: string;
  readonly args: string;
}

function walk(text: string): Parts {
  let path = "";
  let args = "";
  for (let at = 0; at < text.length;) {
    const word = wordAt(text, at);
    if (word === "operator") return { path: `${path}operator`, args: `${args} ${text.slice(at + word.length)}` };
    const end = word === "" ? closing(text, at) : undefined;
    if (end === undefined) path += word === "" ? (text[at] ?? "") : word;
    else if (text[at] === "<") args += ` ${text.slice(at + 1, end)}`;
    else if (text[at] === "{") path += "{}";
    at = (end ?? at + Math.max(word.length, 1) - 1) + 1;
  }
  return { path: path.trimEnd(), args };
}

/** An operator's name with its signs, `operator` alone for a conversion, the anonymous namespace, or nothing. */
function wordAt(text: string, at: number): string {
  if (text[at] === "(" && text.startsWith(ANONYMOUS, at)) return ANONYMOUS;
  if (text[at] !== "o" || /[\w$]/.test(text[at - 1] ?? "") || !/^operator(?![\w$])/.test(text.slice(at, at + 9))) return "";
  return OPERATOR.exec(text.slice(at))?.[0] ?? "operator";
}

/** Where the bracket at `at` is closed (the text's end when it is not), or undefined when there is no bracket. */
function closing(text: string, at: number): number | undefined {
  const open: string[] = [];
  for (let index = at; index < text.length; index++) {
    const char = text[index] ?? "";
    const closer = CLOSERS[char];
    const word = wordAt(text, index);
    if (word !== "") index += word.length - 1;
    else if (closer !== undefined) open.push(closer);
    else if (char === open.at(-1) && text[index - 1] !== "-") open.pop();
    if (open.length === 0) return index === at && word === "" && closer === undefined ? undefined : index;
  }
  return text.length;
}
