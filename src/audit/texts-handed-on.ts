/** Owns what tells a key from other texts, and a function that may keep one from others, by how they are written. */

/** Formats of `printf`. */
const FORMAT = /%[-+ #0-9.*]*(?:hh?|ll?|[jztL])?[diouxXeEfFgGaAcspn]/;
const SOURCE_FILE = /\.(?:cc|cpp|cxx|c|hh|hpp|hxx|h|inc|inl|ipp|tcc|mm?|rs)$/;
/** A line, or four words: for people. */
const SENTENCE = /\n|^\S+(?:\s+\S+){3}/;

/** Those of the texts handed on together that may be keys: none where one is a format, as what logs and asserts gets. */
export function keysAmong(texts: readonly string[]): string[] {
  if (texts.some((text) => FORMAT.test(text))) return [];
  return texts.filter((text) => !SOURCE_FILE.test(text) && !SENTENCE.test(text));
}

/** Types of parameters that hold no text. */
const NUMBERS = /^(?:(?:un)?signed |long |short |char(?:8|16|32)_t|char|wchar_t|int|long|short|bool|float|double|__int128|\.\.\.)+$/;

/** Whether a function can be handed a text, as far as its demangled name tells; a mangled variable cannot. */
export function takesTexts(symbol: string, { full, plain }: { readonly full: string; readonly plain: string }): boolean {
  if (!symbol.startsWith("_Z") || full === symbol) return true;
  const start = full.indexOf(`${plain}(`);
  const parameters = start < 0 ? /\((.*)\)/.exec(full)?.[1] : parametersFrom(full, start + plain.length);
  return parameters !== undefined && parameters.split(", ").some((type) => type !== "" && !NUMBERS.test(type));
}

/** What stands in the parentheses that open at `open`. */
function parametersFrom(full: string, open: number): string {
  let depth = 0;
  for (let at = open; at < full.length; at++) {
    if (full[at] === "(") depth++;
    else if (full[at] === ")" && --depth === 0) return full.slice(open + 1, at);
  }
  return "";
}

const REGISTERING = new Set(
  "add append attach bind declare define enroll export hook insert install plug plugin publish put regist register registered registerer registers registrar registration registry reg set subscribe".split(
    " ",
  ),
);

/** What ends the program, says something or gives memory keeps no keys. */
const KEEPING_NOTHING = new Set(
  "abort alloc assert assertion calloc fail failed failure fatal free log malloc panic print raise realloc throw unreachable warn".split(
    " ",
  ),
);

/** Whether a function's name says that something is kept; undefined for one that says that nothing is. */
export function saysRegistering(plain: string): boolean | undefined {
  const words = plain.split(/[^A-Za-z]+|(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/).map((word) => word.toLowerCase());
  if (words.some((word) => REGISTERING.has(word))) return true;
  return words.some((word) => KEEPING_NOTHING.has(word)) ? undefined : false;
}
