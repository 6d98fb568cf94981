/** Owns what `unfork symbolize --json` tells of a text: each name of a flavor with upstream's name, and of which flavors its stacks are. */
import { z } from "zod";

const symbolizedNameSchema = z.strictObject({
  /** In the line as it was read, in bytes from 1 on. */
  column: z.int(),
  /** As it was read, mangled or not. */
  found: z.string(),
  /** As upstream writes it, mangled if it was. */
  name: z.string(),
  /** Of a mangled name: upstream's name in C++, else null. */
  demangled: z.string().nullable(),
  flavors: z.array(z.string()),
});
export type SymbolizedName = z.infer<typeof symbolizedNameSchema>;

const symbolizedLineSchema = z.strictObject({
  line: z.int(),
  /** With upstream's names. */
  text: z.string(),
  flavors: z.array(z.string()),
  names: z.array(symbolizedNameSchema),
});
export type SymbolizedLine = z.infer<typeof symbolizedLineSchema>;

/** Lines up to the next empty one, of which some have names of a flavor. */
const symbolizedStackSchema = z.strictObject({
  firstLine: z.int(),
  lastLine: z.int(),
  /** In the order in which they appear: in most formats the innermost frame comes first. */
  flavors: z.array(z.strictObject({ flavor: z.string(), lines: z.int() })),
});
export type SymbolizedStack = z.infer<typeof symbolizedStackSchema>;

export const symbolizedSchema = z.strictObject({
  flavors: z.array(
    z.strictObject({
      name: z.string(),
      /** Out of the shim's manifest, else null. */
      release: z.string().nullable(),
      lines: z.int(),
      /** Whether its names were read out of symbol tables, so that no other is taken for one. */
      exact: z.boolean(),
    }),
  ),
  stacks: z.array(symbolizedStackSchema),
  /** Those that have names of a flavor. */
  lines: z.array(symbolizedLineSchema),
});
export type Symbolized = z.infer<typeof symbolizedSchema>;
