/** Owns which operands of a node are nodes or lists of nodes: for those that go through a tree whatever it holds. */
import * as k from "./kinds.js";
import { type Tree, itemOf, kindOf, lengthOf, operand } from "./tree.js";

/** One letter per operand: a node or none (`n`), a list or none (`l`), anything else (`-`). Kinds without nodes are left out. */
const OPERANDS: Readonly<Record<number, string>> = {
  [k.NESTED]: "nn",
  [k.LOCAL]: "nn",
  [k.GLOBAL]: "n",
  [k.FRIEND]: "nn",
  [k.MODULE]: "nn",
  [k.MODULE_ENTITY]: "nn",
  [k.ABI_TAG]: "n",
  [k.TEMPLATE]: "nn",
  [k.ANGLED]: "l",
  [k.CONSTRUCTOR]: "n",
  [k.DESTRUCTOR]: "n",
  [k.CONVERSION]: "n",
  [k.LITERAL_OPERATOR]: "n",
  [k.CLOSURE]: "l-l",
  [k.BINDINGS]: "l",
  [k.ENCODING]: "nnll",
  [k.SPECIAL]: "-n",
  [k.CONSTRUCTION_VTABLE]: "nn",
  [k.SUFFIXED]: "n",
  [k.FORWARD]: "-n",
  [k.PACK]: "l",
  [k.PACK_ARGUMENTS]: "l",
  [k.EXPANSION]: "n",
  [k.QUALIFIED_ARGUMENT]: "nn",
  [k.VALUE_PARAMETER]: "-n",
  [k.TEMPLATE_PARAMETER]: "-l",
  [k.PACK_PARAMETER]: "n",
  [k.CONSTRAINED_PARAMETER]: "-n",
  [k.QUALIFIED]: "n",
  [k.VENDOR_QUALIFIED]: "n--n",
  [k.POINTER]: "n",
  [k.REFERENCE]: "n",
  [k.MEMBER_POINTER]: "nn",
  [k.ARRAY]: "nn",
  [k.FUNCTION]: "nl--n",
  [k.THROW_SPECIFICATION]: "l",
  [k.POSTFIXED_TYPE]: "n",
  [k.ELABORATED]: "-n",
  [k.VECTOR]: "nn",
  [k.PIXEL_VECTOR]: "n",
  [k.OBJC_PROTOCOL]: "n",
  [k.TRANSFORMED]: "-n",
  [k.OBJECT_PARAMETER]: "n",
  [k.BINARY]: "n-n",
  [k.PREFIX]: "-n",
  [k.POSTFIX]: "n",
  [k.SUBSCRIPT]: "nn",
  [k.MEMBER]: "n-n",
  [k.CONDITIONAL]: "nnn",
  [k.CALL]: "nl",
  [k.NEW]: "lnl",
  [k.DELETE]: "n",
  [k.NAMED_CAST]: "-nn",
  [k.CAST]: "nl",
  [k.INIT_LIST]: "nl",
  [k.DESIGNATED]: "nn",
  [k.DESIGNATED_RANGE]: "nnn",
  [k.FOLD]: "--nn",
  [k.THROW]: "n",
  [k.MEMBER_POINTER_CAST]: "nn",
  [k.SIZEOF_PACK]: "n",
  [k.ENCLOSED]: "-n",
  [k.TYPED_INTEGER]: "n",
  [k.STRING]: "n",
  [k.LAMBDA]: "n",
  [k.REQUIRES]: "ll",
  [k.EXPRESSION_REQUIREMENT]: "n-n",
  [k.TYPE_REQUIREMENT]: "n",
  [k.NESTED_REQUIREMENT]: "n",
  [k.SUBOBJECT]: "nn",
  [k.DESTRUCTOR_CALL]: "n",
  [k.ARGUMENTS]: "l",
};

/** Calls for each node right below, in the order of the name. */
export function eachChild(tree: Tree, at: number, each: (child: number) => void): void {
  const operands = OPERANDS[kindOf(tree, at)] ?? "";
  for (let index = 0; index < operands.length; index++) {
    const value = operand(tree, at, index + 1);
    if (operands[index] === "n" && value !== 0) each(value);
    if (operands[index] === "l") eachItem(tree, value, each);
  }
}

/** Calls for each node of a list; 0 is no list. */
export function eachItem(tree: Tree, list: number, each: (child: number) => void): void {
  if (list === 0) return;
  for (let index = 0; index < lengthOf(tree, list); index++) each(itemOf(tree, list, index));
}
