/** Owns the components of a qualified name: scope by scope, each with its template arguments. */
import { tooBig } from "./failure.js";
import * as k from "./kinds.js";
import { MOST_DEPTH } from "./limits.js";
import { type Tree, itemOf, kindOf, lengthOf, operand } from "./tree.js";
import { bytesOf } from "./texts.js";

export interface Component {
  readonly text: string;
  /** The node of its template arguments, or of the type that a conversion is to; 0 without. */
  readonly args: number;
  /** The function that the rest of the name lies in, or the lambda that this is, for its parameters; 0 for anything else. */
  readonly signature: number;
}

/** The scopes of a name, outermost first, and the name itself last. */
export function componentsOf(tree: Tree, source: Uint8Array, at: number): Component[] {
  const found: Component[] = [];
  collect({ tree, source, found, depth: 0 }, at);
  return found;
}

interface Collector {
  readonly tree: Tree;
  readonly source: Uint8Array;
  readonly found: Component[];
  depth: number;
}

function collect(c: Collector, at: number): void {
  if (++c.depth > MOST_DEPTH) tooBig();
  joined(c, at);
  c.depth--;
}

function joined(c: Collector, at: number): void {
  const { tree } = c;
  const first = operand(tree, at, 1);
  const second = operand(tree, at, 2);
  switch (kindOf(tree, at)) {
    case k.NESTED:
    case k.FRIEND:
      collect(c, first);
      return collect(c, second);
    case k.LOCAL:
      collectFunction(c, first);
      return collect(c, second);
    case k.TEMPLATE:
      collect(c, first);
      return giveArguments(c, second);
    case k.ENCODING:
    case k.MODULE_ENTITY:
    case k.SPECIAL:
    case k.FORWARD:
      return collect(c, second);
    case k.ABI_TAG:
    case k.GLOBAL:
    case k.SUFFIXED:
      return collect(c, first);
    case k.CONVERSION:
      return add(c, "operator", first);
    case k.MODULE:
      if (first !== 0) collect(c, first);
      return collect(c, second);
    default:
      return single(c, at);
  }
}

function single(c: Collector, at: number): void {
  const { tree } = c;
  const first = operand(tree, at, 1);
  switch (kindOf(tree, at)) {
    case k.NAME:
      return add(c, latin(c.source.subarray(first, operand(tree, at, 2))));
    case k.TEXT:
      return add(c, latin(bytesOf(first)));
    case k.ABBREVIATION:
      add(c, "std");
      return add(c, abbreviation(first, operand(tree, at, 2) !== 0));
    case k.CONSTRUCTOR:
      return add(c, c.found.at(-1)?.text ?? "");
    case k.DESTRUCTOR:
      return add(c, `~${c.found.at(-1)?.text ?? ""}`);
    case k.LITERAL_OPERATOR:
      return add(c, `operator"" ${componentsOf(tree, c.source, first)[0]?.text ?? ""}`);
    case k.BINDINGS:
      return add(c, `[${bindings(c, first).join(", ")}]`);
    case k.CLOSURE:
      return add(c, "{lambda}", 0, at);
    case k.UNNAMED_TYPE:
      return add(c, "{unnamed}");
    case k.ENCLOSED:
      return add(c, "decltype", first === 0 ? 0 : operand(tree, at, 2));
    default:
      return add(c, "{unknown}", at);
  }
}

function add(c: Collector, text: string, args = 0, signature = 0): void {
  c.found.push({ text, args, signature });
}

function giveArguments(c: Collector, args: number): void {
  const last = c.found.pop();
  if (last !== undefined) c.found.push({ ...last, args });
}

function collectFunction(c: Collector, at: number): void {
  collect(c, at);
  const last = c.found.pop();
  if (last !== undefined) c.found.push({ ...last, signature: kindOf(c.tree, at) === k.ENCODING ? at : 0 });
}

function bindings(c: Collector, list: number): string[] {
  const count = lengthOf(c.tree, list);
  return Array.from({ length: count }, (_, index) => componentsOf(c.tree, c.source, itemOf(c.tree, list, index))[0]?.text ?? "");
}

const ABBREVIATIONS = ["allocator", "basic_string", "string", "istream", "ostream", "iostream"];

function abbreviation(number: number, spelledOut: boolean): string {
  const short = ABBREVIATIONS[number] ?? "";
  return spelledOut && number > 1 ? `basic_${short}` : short;
}

function latin(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("utf8");
}
