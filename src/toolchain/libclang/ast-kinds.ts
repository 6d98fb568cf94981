/** Owns the numbers of clang-c/Index.h that reading declarations needs: stable since they were given. */

/** CXCursorKind. */
export const DECLARATION = {
  unexposed: 1,
  struct: 2,
  union: 3,
  class: 4,
  enum: 5,
  field: 6,
  enumerator: 7,
  function: 8,
  variable: 9,
  parameter: 10,
  typedef: 20,
  method: 21,
  namespace: 22,
  linkage: 23,
  constructor: 24,
  destructor: 25,
  conversion: 26,
  templateType: 27,
  templateValue: 28,
  templateTemplate: 29,
  functionTemplate: 30,
  classTemplate: 31,
  partialSpecialization: 32,
  namespaceAlias: 33,
  using: 35,
  typeAlias: 36,
  typeReference: 43,
  base: 44,
  templateReference: 45,
  overloadedReference: 49,
  final: 404,
  override: 405,
  macro: 501,
  inclusion: 503,
  aliasTemplate: 601,
  friend: 603,
} as const;

/** Kinds between declarations and expressions stand for "there is none", as those from a unit on are no declarations. */
export function isDeclaration({ kind }: { readonly kind: number }): boolean {
  return (kind > 0 && kind < 40) || (kind >= 600 && kind < 700);
}

/** Attributes lie between these. */
export const ATTRIBUTES = { first: 400, last: 499 } as const;

/** CXTypeKind, as far as it is no plain builtin. */
export const TYPE = {
  invalid: 0,
  unexposed: 1,
  firstBuiltin: 2,
  lastBuiltin: 40,
  pointer: 101,
  lvalue: 103,
  rvalue: 104,
  record: 105,
  enum: 106,
  typedef: 107,
  functionNoProto: 110,
  function: 111,
  constantArray: 112,
  incompleteArray: 114,
  dependentArray: 116,
  memberPointer: 117,
  auto: 118,
  elaborated: 119,
  attributed: 163,
} as const;

/** CXTranslationUnit_Flags. */
export const PARSE = {
  macros: 0x01,
  incomplete: 0x02,
  /** With `preambleAtOnce`: the include lines are compiled once, and reused when the unit is parsed again. */
  preamble: 0x04,
  forSerialization: 0x10,
  skipBodies: 0x40,
  preambleAtOnce: 0x100,
  keepGoing: 0x200,
} as const;

/** CX_CXXAccessSpecifier. */
export const ACCESS = ["public", "public", "protected", "private"] as const;
