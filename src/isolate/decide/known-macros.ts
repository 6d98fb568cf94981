/** Owns what macros of widely used libraries do with a word, for trees that use these macros without having their definition. */
import type { ParameterUse } from "./macro-model.js";

const NONE: ParameterUse = {
  namespace: false,
  string: false,
  other: false,
  member: false,
  tag: false,
  plain: false,
  passed: [],
  whole: false,
  calls: [],
  places: [],
};
const NAMESPACE: ParameterUse = { ...NONE, namespace: true };
const OTHER: ParameterUse = { ...NONE, other: true };

/** Perfetto's track events (its documentation, "Track events"): the first argument is the namespace of the categories. */
const PERFETTO =
  /^PERFETTO_(DEFINE_CATEGORIES_IN_NAMESPACE(_WITH_ATTRS)?|USE_CATEGORIES_FROM_NAMESPACE(_SCOPED)?|TRACK_EVENT_STATIC_STORAGE_IN_NAMESPACE(_WITH_ATTRS)?)$/;

/** GoogleTest, Google Mock, Boost.Test, Catch2, doctest: values and names of tests. */
const TESTS =
  /^(EXPECT|ASSERT)_[A-Z0-9_]+$|^(TYPED_)?TEST(_[FP]|_SUITE(_P)?|_CASE|_GROUP|_METHOD)?$|^(INSTANTIATE|REGISTER)_(TYPED_)?TEST_(SUITE|CASE)_P$|^(ON_CALL|EXPECT_CALL|SCOPED_TRACE|GTEST_[A-Z_]+|CHECK|REQUIRE|SECTION|TEST_CASE)(_[A-Z_]+)?$|^(BOOST_(CHECK|REQUIRE|TEST|WARN)[A-Z_]*|BENCHMARK[A-Z_]*)$/;

/** ISO C's and the compilers' own: values, never namespaces. */
const STANDARD =
  /^(U?INT(8|16|32|64|MAX)_C|VA_[A-Z]+|va_(start|end|arg|copy)|offsetof|assert|alignof|_Generic|_Static_assert|static_assert|_Pragma|__attribute__|__builtin_\w+)$/;

/** What a macro that the tree does not define does with its argument `index`, or undefined for one that nobody here knows. */
export function knownUse(macro: string, index: number): ParameterUse | undefined {
  if (PERFETTO.test(macro)) return index === 0 ? NAMESPACE : OTHER;
  return TESTS.test(macro) || STANDARD.test(macro) ? OTHER : undefined;
}

/** Whether a name is written as macros are; a call of any other name that no file defines is a function's. */
export function looksLikeMacro(name: string): boolean {
  return !/[a-z]/.test(name) && /[A-Z]/.test(name);
}
