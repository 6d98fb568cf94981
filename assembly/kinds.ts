/** Owns the codes that the module shares with src/tokens/kinds.ts; a test compares both scanners token by token. */

export const IDENTIFIER: u8 = 0;
export const NUMBER: u8 = 1;
export const STRING: u8 = 2;
export const CHARACTER: u8 = 3;
export const PUNCTUATION: u8 = 4;
export const DIRECTIVE: u8 = 5;
export const DIRECTIVE_END: u8 = 6;
export const INCLUDE_PATH: u8 = 7;
export const FREE_TEXT: u8 = 8;

export const DEFINE: i32 = 1;
export const INCLUDE: i32 = 2;
export const IF: i32 = 3;
export const ELIF: i32 = 4;
export const ELSE: i32 = 5;
export const ENDIF: i32 = 6;
export const UNDEF: i32 = 7;
export const TEXT: i32 = 8;
export const PRAGMA: i32 = 9;

export const SCOPE: i32 = 256;
export const ARROW: i32 = 257;
export const PASTE: i32 = 258;

/** Dialects: C, C++ and Objective-C; the GNU assembler; NASM. */
export const C: i32 = 0;
export const GAS: i32 = 1;
export const NASM: i32 = 2;
