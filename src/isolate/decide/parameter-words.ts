/** Owns the words of a function's parameters by which argument lookup may find it: those of types that are neither built in nor of `std`. */
import { BYTE, PUNCTUATION } from "../../tokens/kinds.js";
import { angleEnd, groupEnd, isMark, isWord, type Reading, valueAt } from "../survey/heads.js";
import { tokenText } from "../survey/token-text.js";

/** Types of the C library, which no class stands behind in C++. */
const PLAIN =
  /^(?:u?int(?:_fast|_least)?(?:8|16|32|64)_t|u?int(?:ptr|max)_t|s?size_t|ptrdiff_t|wchar_t|off_t|time_t|clock_t|va_list|FILE|bool|HRESULT|HANDLE|DWORD|LONG|UINT|BOOL|LPARAM|WPARAM)$/;

const QUALIFIERS = new Set(
  "const volatile struct class union enum typename register restrict __restrict __restrict__ inline constexpr this".split(" "),
);

/** The words of the parameter list that `open` begins, each once; empty when no parameter may be of a class of the tree. */
export function parameterWords(reading: Reading, open: number): string[] {
  const { count } = reading.stream;
  const tokens = Array.from({ length: Math.min(count - open, LONGEST) }, (_, i) => open + i);
  const list = tokens.slice(1, groupEnd(reading, tokens, 0) - 1);
  return [...new Set(parametersOf(reading, list).flatMap((parameter) => typeWords(reading, parameter)))];
}

/** Tokens of a parameter list that are looked at. */
const LONGEST = 2000;

function parametersOf(reading: Reading, list: readonly number[]): number[][] {
  const found: number[][] = [[]];
  let depth = 0;
  for (let i = 0; i < list.length; i++) {
    const token = list[i] as number;
    if ([BYTE.open, BYTE.less, BYTE.openSquare, BYTE.openBrace].some((mark) => isMark(reading, token, mark))) depth++;
    else if ([BYTE.close, BYTE.greater, BYTE.closeSquare, BYTE.closeBrace].some((mark) => isMark(reading, token, mark))) depth--;
    if (depth === 0 && isMark(reading, token, BYTE.comma)) found.push([]);
    else found.at(-1)?.push(token);
  }
  return found;
}

/** The words of one parameter's type, without its name. */
function typeWords(reading: Reading, parameter: readonly number[]): string[] {
  const equals = parameter.findIndex((token) => isMark(reading, token, BYTE.equals));
  const found: string[] = [];
  let hasType = false;
  for (let i = 0; i < (equals < 0 ? parameter.length : equals); i++) {
    const token = parameter[i] as number;
    if (isMark(reading, token, BYTE.less)) {
      const end = angleEnd(reading, parameter, i);
      found.push(...parametersOf(reading, parameter.slice(i + 1, end - 1)).flatMap((argument) => typeWords(reading, argument)));
      i = end - 1;
    } else if (isWord(reading, token) && !QUALIFIERS.has(tokenText(reading, token))) {
      if (hasType && !isMark(reading, parameter[i - 1], PUNCTUATION.scope)) continue;
      hasType = true;
      if (isMark(reading, parameter[i + 1], PUNCTUATION.scope) && valueAt(reading, token) === reading.words.id.std)
        i = chainEnd(reading, parameter, i);
      else if (!isPlain(reading, token)) found.push(tokenText(reading, token));
    }
  }
  return found;
}

/** The last word of `std::a::b`. */
function chainEnd(reading: Reading, tokens: readonly number[], at: number): number {
  let last = at;
  while (isMark(reading, tokens[last + 1], PUNCTUATION.scope) && isWord(reading, tokens[last + 2])) last += 2;
  return last;
}

function isPlain(reading: Reading, token: number): boolean {
  const text = tokenText(reading, token);
  return text !== "auto" && (reading.words.keyword.has(valueAt(reading, token)) || PLAIN.test(text));
}
