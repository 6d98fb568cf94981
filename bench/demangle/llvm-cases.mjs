/** Owns the reading of the pairs in LLVM's DemangleTestCases.inc: `{"symbol", "text"}`, each of one or several string literals. */

/** Pairs of symbol and text. */
export function pairsIn(source) {
  const literals = String.raw`((?:"(?:[^"\\]|\\.)*"\s*)+)`;
  const pattern = new RegExp(String.raw`\{\s*${literals},\s*${literals},?\s*\}`, "g");
  return [...source.replaceAll(/^\s*\/\/.*$/gm, "").matchAll(pattern)].map(([, symbol, text]) => [literal(symbol), literal(text)]);
}

function literal(source) {
  return [...source.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, inner]) => JSON.parse(`"${inner.replaceAll(String.raw`\'`, "'")}"`)).join("");
}
