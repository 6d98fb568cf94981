/** Owns what an assembler puts between functions and variables, where a symbol's size is only known as the way to the next one. */

/** The ends of x86's instructions that do nothing, as assemblers write them: `nop` of one to nine bytes, more prefixes, `int3`. */
const NOPS = ["90", "cc", "0f1f00", "0f1f4000", "0f1f440000", "0f1f8000000000", "0f1f840000000000", "2e0f1f840000000000"].map((hex) =>
  Buffer.from(hex, "hex"),
);
const LONGEST = 15;
const PREFIX = 0x66;

/** The length of code without the padding at its end. */
export function withoutNops(code: Buffer): number {
  let end = code.length;
  for (;;) {
    const nop = NOPS.findLast((bytes) => end >= bytes.length && code.subarray(end - bytes.length, end).equals(bytes));
    if (nop === undefined) return end;
    const longest = end - LONGEST;
    end -= nop.length;
    while (nop.length < 10 && nop[0] !== 0xcc && end > 0 && end > longest && code[end - 1] === PREFIX) end--;
  }
}

/** The length of data without the zeros at its end. */
export function withoutZeros(data: Buffer): number {
  let end = data.length;
  while (end > 0 && data[end - 1] === 0) end--;
  return end;
}
