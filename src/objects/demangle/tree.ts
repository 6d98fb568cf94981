/**
 * Owns the tree of a parsed name: one array of numbers. A node is the place of its head, which holds kind, shape and
 * precedence; its operands follow. A list is the place of its length; its items follow. 0 is no node.
 */
import { tooBig } from "./failure.js";

/** The type has a part behind the declared name, is an array, is a function. */
export const HAS_RIGHT = 0x100;
export const IS_ARRAY = 0x200;
export const IS_FUNCTION = 0x400;
/** Which of these it is depends on the element of a pack that is being printed. */
export const DEPENDS = 0x800;
export const SHAPE = 0xf00;
const KIND = 0xff;
const PRECEDENCE_SHIFT = 12;

/** The list without items, in every tree. */
export const EMPTY = 1;
const FIRST = 2;
const MOST_NUMBERS = 1 << 23;

export interface Tree {
  numbers: Int32Array;
  top: number;
}

export function createTree(): Tree {
  return { numbers: new Int32Array(1 << 14), top: FIRST };
}

export function clearTree(tree: Tree): void {
  tree.top = FIRST;
}

/** Adds a node of up to four operands. */
export function node(tree: Tree, head: number, a = 0, b = 0, c = 0, d = 0): number {
  const at = tree.top;
  if (at + 5 > tree.numbers.length) grow(tree, 5);
  const numbers = tree.numbers;
  numbers[at] = head;
  numbers[at + 1] = a;
  numbers[at + 2] = b;
  numbers[at + 3] = c;
  numbers[at + 4] = d;
  tree.top = at + 5;
  return at;
}

/** Adds a node of more operands. */
export function wideNode(tree: Tree, head: number, operands: readonly number[]): number {
  const at = tree.top;
  if (at + operands.length + 1 > tree.numbers.length) grow(tree, operands.length + 1);
  tree.numbers[at] = head;
  tree.numbers.set(operands, at + 1);
  tree.top = at + operands.length + 1;
  return at;
}

/** Adds a list of the stack's numbers from `begin` to `end`. */
export function list(tree: Tree, stack: Int32Array, begin: number, end: number): number {
  const count = end - begin;
  if (count === 0) return EMPTY;
  const at = tree.top;
  if (at + count + 1 > tree.numbers.length) grow(tree, count + 1);
  const numbers = tree.numbers;
  numbers[at] = count;
  for (let index = 0; index < count; index++) numbers[at + 1 + index] = stack[begin + index] ?? 0;
  tree.top = at + count + 1;
  return at;
}

function grow(tree: Tree, more: number): void {
  let size = tree.numbers.length * 2;
  while (size < tree.top + more) size *= 2;
  if (size > MOST_NUMBERS) tooBig();
  const numbers = new Int32Array(size);
  numbers.set(tree.numbers);
  tree.numbers = numbers;
}

/** The n-th operand, from 1. */
export function operand(tree: Tree, at: number, index: number): number {
  return tree.numbers[at + index] ?? 0;
}

export function kindOf(tree: Tree, at: number): number {
  return (tree.numbers[at] ?? 0) & KIND;
}

export function shapeOf(tree: Tree, at: number): number {
  return (tree.numbers[at] ?? 0) & SHAPE;
}

export function precedenceOf(tree: Tree, at: number): number {
  return (tree.numbers[at] ?? 0) >> PRECEDENCE_SHIFT;
}

/** The head of an expression. */
export function headOf(kind: number, precedence: number): number {
  return kind | (precedence << PRECEDENCE_SHIFT);
}

export function lengthOf(tree: Tree, at: number): number {
  return tree.numbers[at] ?? 0;
}

export function itemOf(tree: Tree, at: number, index: number): number {
  return tree.numbers[at + 1 + index] ?? 0;
}
