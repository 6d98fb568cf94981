/** Owns the generated unit: an include of each header, and types whose sizes are asked for. */

/** Types of the unit's own; their names say so. */
export const OWN_TYPES = { long: "unfork_api_long", wchar: "unfork_api_wchar", char: "unfork_api_char" } as const;

export function unitText(headers: readonly { readonly path: string }[]): string {
  return [
    ...headers.map(({ path }) => `#include "${path}"`),
    `typedef long ${OWN_TYPES.long};`,
    `typedef __WCHAR_TYPE__ ${OWN_TYPES.wchar};`,
    `typedef char ${OWN_TYPES.char};`,
    "",
  ].join("\n");
}
