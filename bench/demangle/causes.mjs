/** Why a text differs from LLVM's, as far as the symbol says it, and whether binutils has the same text but for style. */
import { inOneStyle } from "./style.mjs";

/** Looked for in this order; the first that fits is the cause. */
const UNREAD = [
  [/^_ZG(?:Tt|Tn|A)/, "LLVM reads no clones of transactions and no hidden aliases"],
  [/II/, "LLVM reads no pack between I and E (GCC of old)"],
  [/sr(?!T|S_|S[0-9A-Z]+_|D[tT]|\d)/, "LLVM reads no whole type before a dependent name (GCC)"],
  [/srS[0-9A-Z]*_I/, "LLVM reads no whole type before a dependent name (GCC)"],
  [/cv.*I/, "LLVM reads no arguments of the type that a conversion is to"],
  [/E(?:NK?)?3\$_\d/, "LLVM loses the arguments of a template in a function"],
];

/** `agrees`: as binutils, or as binutils but for parentheses and spaces, or but for what enclosing functions return. */
export function causeOf({ symbol, ours, llvm, binutils }) {
  const cause = llvm === symbol ? (UNREAD.find(([pattern]) => pattern.test(symbol))?.[1] ?? "LLVM does not read it") : "not known";
  const [left, right] = [inOneStyle(ours), inOneStyle(binutils)];
  if (left === right) return { agrees: true, cause: `${cause}; binutils agrees with us` };
  if (bare(left) === bare(right)) return { agrees: true, cause: `${cause}; binutils agrees but for parentheses and spaces in expressions` };
  if (leavesOut(bare(left), bare(right))) {
    return { agrees: true, cause: `${cause}; binutils agrees, but leaves out what a function returns that a name lies in` };
  }
  return { agrees: false, cause: `${cause}; nor does binutils` };
}

/** Whether the shorter text is the longer one without a piece in it. */
function leavesOut(longer, shorter) {
  let common = 0;
  while (common < shorter.length && longer[common] === shorter[common]) common++;
  return longer.endsWith(shorter.slice(common));
}

function bare(text) {
  return text.replaceAll(/[() ]/g, "");
}
