/** Owns the state of the parser of one mangled name (Itanium C++ ABI, "Mangling"). It is made once and used for name after name. */
import { tooBig } from "../failure.js";
import { MOST_DEPTH } from "../limits.js";
import { type Tree, clearTree, createTree, list } from "../tree.js";

/** What the name of an encoding says about the rest of it. */
export interface NameTraits {
  /** A constructor, destructor or conversion: no return type is mangled. */
  unreturning: boolean;
  endsInArguments: boolean;
  qualifiers: number;
  reference: number;
  objectParameter: boolean;
  /** Number of forward references before this name. */
  firstForward: number;
}

export interface Parser {
  readonly tree: Tree;
  /** The name, and some zeros behind it. */
  bytes: Uint8Array;
  at: number;
  end: number;
  depth: number;
  /** Items of the lists that are being read. */
  stack: Int32Array;
  stacked: number;
  substitutions: Int32Array;
  substituted: number;
  /** Template parameters by level; undefined is a level whose parameters have no name. */
  levels: (number[] | undefined)[];
  /** References to template arguments that come later in the name. */
  readonly forwards: number[];
  forwardsAllowed: boolean;
  /** Arguments behind a template parameter belong to it. */
  argumentsAllowed: boolean;
  /** Inside a constraint: template parameters are shown by their number. */
  numbersOnly: boolean;
  /** The level whose missing parameters are a lambda's `auto`; -1 outside. */
  lambdaLevel: number;
  /** How many types, values and templates were given an invented name. */
  invented: [number, number, number];
}

const PADDING = 4;

export function createParser(): Parser {
  return {
    tree: createTree(),
    bytes: new Uint8Array(1 << 12),
    at: 0,
    end: 0,
    depth: 0,
    stack: new Int32Array(256),
    stacked: 0,
    substitutions: new Int32Array(256),
    substituted: 0,
    levels: [],
    forwards: [],
    forwardsAllowed: false,
    argumentsAllowed: true,
    numbersOnly: false,
    lambdaLevel: -1,
    invented: [0, 0, 0],
  };
}

/** Begins a name, whose characters should be bytes; false when they are not. */
export function loadName(p: Parser, name: string): boolean {
  const length = name.length;
  if (length + PADDING > p.bytes.length) p.bytes = new Uint8Array(2 * (length + PADDING));
  const bytes = p.bytes;
  let seen = 0;
  for (let index = 0; index < length; index++) {
    const code = name.charCodeAt(index);
    bytes[index] = code;
    seen |= code;
  }
  start(p, length);
  return seen < 0x80;
}

/** Begins a name that lies in `from`, of bytes below 0x80. */
export function loadBytes(p: Parser, from: Uint8Array, first: number, last: number): void {
  const length = last - first;
  if (length + PADDING > p.bytes.length) p.bytes = new Uint8Array(2 * (length + PADDING));
  const bytes = p.bytes;
  for (let index = 0; index < length; index++) bytes[index] = from[first + index] ?? 0;
  start(p, length);
}

function start(p: Parser, length: number): void {
  for (let index = length; index < length + PADDING; index++) p.bytes[index] = 0;
  p.at = 0;
  p.end = length;
  reset(p);
}

function reset(p: Parser): void {
  clearTree(p.tree);
  p.depth = 0;
  p.stacked = 0;
  p.substituted = 0;
  p.levels = [];
  p.forwards.length = 0;
  p.forwardsAllowed = false;
  p.argumentsAllowed = true;
  p.numbersOnly = false;
  p.lambdaLevel = -1;
  p.invented[0] = p.invented[1] = p.invented[2] = 0;
}

/** Goes into a production that may hold itself; `p.depth--` leaves it. */
export function enter(p: Parser): void {
  if (++p.depth > MOST_DEPTH) tooBig();
}

/** Keeps an item for the list that is being read. */
export function push(p: Parser, item: number): void {
  if (p.stacked === p.stack.length) p.stack = doubled(p.stack);
  p.stack[p.stacked++] = item;
}

/** The list of all that was pushed since `begin`. */
export function popList(p: Parser, begin: number): number {
  const made = list(p.tree, p.stack, begin, p.stacked);
  p.stacked = begin;
  return made;
}

export function doubled(numbers: Int32Array): Int32Array {
  const bigger = new Int32Array(numbers.length * 2);
  bigger.set(numbers);
  return bigger;
}
