/** Owns which classes of common libraries mean one of the standard library or of the shim's runtime. */

/** By common name. The runtime converts between these whatever the flavor calls its own. */
const KNOWN: Readonly<Record<string, string>> = {
  "absl::optional": "std::optional",
  "absl::string_view": "std::string_view",
  "absl::Span": "unfork::span",
  "std::span": "unfork::span",
  "absl::AnyInvocable": "std::function",
  "absl::FunctionRef": "std::function",
  "absl::InlinedVector": "std::vector",
};

/** Classes that libraries bring themselves, by the last word of their names. */
const BY_LAST_WORD: Readonly<Record<string, string>> = {
  ArrayView: "unfork::span",
  scoped_refptr: "unfork::scoped_refptr",
  FunctionView: "std::function",
};

/** Of these only the leading arguments count: the rest are sizes and policies of the flavor's own class. */
const KEEPS: Readonly<Record<string, number>> = { "unfork::span": 1, "std::vector": 1, "std::optional": 1, "unfork::scoped_refptr": 1 };

export interface KnownType {
  readonly name: string;
  /** How many arguments stay. */
  readonly keeps: number;
}

/** `types` are the user's own. Undefined for any other class. */
export function knownType(common: string, hasArguments: boolean, types: Readonly<Record<string, string>>): KnownType | undefined {
  const last = common.slice(common.lastIndexOf(":") + 1);
  const name = types[common] ?? KNOWN[common] ?? (hasArguments ? BY_LAST_WORD[last] : undefined);
  return name === undefined ? undefined : { name, keeps: KEEPS[name] ?? Number.POSITIVE_INFINITY };
}
