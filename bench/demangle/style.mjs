/** Owns what binutils and LLVM only write differently: one style for both. */

/** A text in the style that both agree on: what binutils and LLVM only write differently is written in one way. */
export function inOneStyle(text) {
  let found = text
    .replaceAll(/\{lambda\((.*?)\)#(\d+)\}/g, (_, parameters, number) => `'lambda${before(number)}'(${parameters})`)
    .replaceAll(/\{unnamed type#(\d+)\}/g, (_, number) => `'unnamed${before(number)}'`)
    .replaceAll(/\{parm#(\d+)\}/g, (_, number) => `fp${Number(number) > 1 ? Number(number) - 2 : ""}`)
    .replaceAll(/auto:\d+/g, "auto")
    .replaceAll("decltype (", "decltype(")
    .replaceAll("TLS wrapper function", "thread-local wrapper routine")
    .replaceAll("TLS init function", "thread-local initialization routine")
    .replaceAll(/reference temporary #\d+/g, "reference temporary")
    .replaceAll(/ \[clone ([^\]]*)\]/g, " ($1)");
  while (found.includes("> >")) found = found.replaceAll("> >", ">>");
  return found;
}

/** LLVM counts from the second: `'lambda'`, `'lambda0'`. */
function before(number) {
  return number === "1" ? "" : String(Number(number) - 2);
}
