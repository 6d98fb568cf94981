/** Owns the functions that libraries call by argument lookup, with arguments of their users' types. */
export const LOOKUP_HOOKS: ReadonlySet<string> = new Set(
  "swap begin end size data get to_json from_json to_string hash_value tag_invoke tag_fallback_invoke format_as PrintTo AbslHashValue AbslStringify AbslParseFlag AbslUnparseFlag TestParameterToString qHash iter_swap iter_move ranges_begin intrusive_ptr_add_ref intrusive_ptr_release".split(
    " ",
  ),
);
