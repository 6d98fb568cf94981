/** Owns the usual names of the standard library's types and which of their arguments go without saying. */
import type { ApiTemplateArgument, ApiType } from "../../model/api-snapshot.js";

const CHARACTERS: Readonly<Record<string, string>> = { char: "", wchar_t: "w", char8_t: "u8", char16_t: "u16", char32_t: "u32" };

/** Templates over a character type, by the typedef of their instances. */
const OF_CHARACTERS: Readonly<Record<string, string>> = {
  "std::basic_string": "std::*string",
  "std::basic_string_view": "std::*string_view",
  "std::basic_ostream": "std::*ostream",
  "std::basic_istream": "std::*istream",
  "std::basic_iostream": "std::*iostream",
  "std::basic_ostringstream": "std::*ostringstream",
  "std::basic_istringstream": "std::*istringstream",
  "std::basic_stringstream": "std::*stringstream",
};

/** Arguments of the standard library's templates that are there by default, told by the first argument that they repeat. */
const DEFAULTS: ReadonlySet<string> = new Set([
  "std::allocator",
  "std::default_delete",
  "std::char_traits",
  "std::less",
  "std::hash",
  "std::equal_to",
]);

/** A named type in its usual form. */
export function usualNamed(name: string, given: readonly ApiTemplateArgument[] | null): ApiType {
  if (given === null || !name.startsWith("std::")) return { kind: "named", name, arguments: given };
  const kept = withoutDefaults(given);
  const character = OF_CHARACTERS[name];
  const of = kept.length === 1 && kept[0] !== undefined && "type" in kept[0] ? meant(kept[0].type) : undefined;
  const prefix = of?.kind === "builtin" && of.const === undefined ? CHARACTERS[of.name] : undefined;
  if (character !== undefined && prefix !== undefined) return { kind: "named", name: character.replace("*", prefix), arguments: null };
  return { kind: "named", name, arguments: kept };
}

function withoutDefaults(given: readonly ApiTemplateArgument[]): readonly ApiTemplateArgument[] {
  let count = given.length;
  while (count > 1 && isDefault(given[count - 1] as ApiTemplateArgument)) count--;
  return given.slice(0, count);
}

/** `std::less<>` is none: it was written. */
function isDefault(argument: ApiTemplateArgument): boolean {
  const type = "type" in argument ? meant(argument.type) : undefined;
  return type?.kind === "named" && DEFAULTS.has(type.name) && type.arguments?.length === 1;
}

/** What an alias stands for. */
function meant(type: ApiType): ApiType {
  return type.kind === "alias" ? meant(type.target) : type;
}
