/** Owns the precedences of C++ expressions, tightest first, as far as parentheses depend on them. */

export const PRIMARY = 0;
export const POSTFIX_LEVEL = 1;
export const UNARY = 2;
export const CAST_LEVEL = 3;
export const POINTER_TO_MEMBER = 4;
export const MULTIPLICATIVE = 5;
export const ADDITIVE = 6;
export const SHIFT = 7;
export const SPACESHIP = 8;
export const RELATIONAL = 9;
export const EQUALITY = 10;
export const AND = 11;
export const XOR = 12;
export const OR = 13;
export const LOGICAL_AND = 14;
export const LOGICAL_OR = 15;
export const CONDITIONAL_LEVEL = 16;
export const ASSIGNMENT = 17;
export const COMMA = 18;
/** Looser than every operator: an operand that never needs parentheses. */
export const ANY = 19;
