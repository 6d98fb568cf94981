/** Owns what compilers make for an entity, each under a symbol of its own: the words for it, and its number in trees. */
import { text } from "./texts.js";

/** In the order of their numbers. */
const LABELS = {
  vtable: "vtable for ",
  vtt: "VTT for ",
  typeinfo: "typeinfo for ",
  "typeinfo-name": "typeinfo name for ",
  "typeinfo-function": "typeinfo fn for ",
  "construction-vtable": "construction vtable for ",
  "template-object": "template parameter object for ",
  "tls-init": "thread-local initialization routine for ",
  "tls-wrapper": "thread-local wrapper routine for ",
  guard: "guard variable for ",
  "reference-temporary": "reference temporary for ",
  "module-init": "initializer for module ",
  "hidden-alias": "hidden alias for ",
  "transaction-clone": "transaction clone for ",
  "non-transaction-clone": "non-transaction clone for ",
  "virtual-thunk": "virtual thunk to ",
  thunk: "non-virtual thunk to ",
  "covariant-thunk": "covariant return thunk to ",
  block: "invocation function for block in ",
  constructors: "global constructors keyed to ",
  destructors: "global destructors keyed to ",
  import: "import thunk for ",
} as const;

export type SpecialKind = keyof typeof LABELS;

const KINDS = Object.keys(LABELS) as SpecialKind[];
const TEXTS = KINDS.map((kind) => text(LABELS[kind]));

export function specialNumber(kind: SpecialKind): number {
  return KINDS.indexOf(kind);
}

export function specialKind(number: number): SpecialKind | undefined {
  return KINDS[number];
}

/** The number of the text that stands before the entity. */
export function specialText(number: number): number {
  return TEXTS[number] ?? 0;
}
