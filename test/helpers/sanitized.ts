/** Owns the flags of programs that run under sanitizers in tests. */

/**
 * AddressSanitizer with either compiler, UBSan with clang only: g++'s looks for the same in the same code, and takes as long again to
 * compile as all the rest.
 */
export function sanitized(compiler: string): string[] {
  const names = compiler.startsWith("clang") ? "address,undefined" : "address";
  return ["-g1", `-fsanitize=${names}`, "-fno-sanitize-recover=all"];
}
