/** Owns the classes of tokens and the codes of the punctuation that matters to readers of a token stream. */

/** Class of a token. Comments, blanks, line continuations and a byte order mark are no tokens: they are the gaps. */
export const KIND = {
  identifier: 0,
  number: 1,
  string: 2,
  character: 3,
  punctuation: 4,
  /** The `#` that starts a preprocessor line up to the end of its word; value is a {@link DIRECTIVE}. */
  directive: 5,
  /** The end of a preprocessor line: the newline, or the end of the input (then empty). */
  directiveEnd: 6,
  /** `<path>` or `"path"` of an include line. */
  includePath: 7,
  /** The free text of `#error`, `#warning` and `#pragma mark`. */
  text: 8,
} as const;

/** What a preprocessor line is, as far as readers must know. */
export const DIRECTIVE = { other: 0, define: 1, include: 2, if: 3, elif: 4, else: 5, endif: 6, undef: 7, text: 8, pragma: 9 } as const;

/** Value of a punctuation token: its byte, or one of these for the joined ones. */
export const PUNCTUATION = { scope: 256, arrow: 257, paste: 258 } as const;

/** Bytes that readers compare punctuation with. */
export const BYTE = {
  exclamation: 33,
  hash: 35,
  percent: 37,
  open: 40,
  close: 41,
  star: 42,
  plus: 43,
  comma: 44,
  minus: 45,
  dot: 46,
  slash: 47,
  colon: 58,
  semicolon: 59,
  less: 60,
  equals: 61,
  greater: 62,
  question: 63,
  at: 64,
  openSquare: 91,
  closeSquare: 93,
  openBrace: 123,
  closeBrace: 125,
  ampersand: 38,
  tilde: 126,
} as const;
