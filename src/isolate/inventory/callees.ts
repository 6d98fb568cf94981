/** Owns which macros, called as a whole declaration, put something into a table at start-up. */
import type { Reader } from "./reader.js";
import { SITE } from "./sites.js";

/** Command-line flags of abseil and gflags, and macros of that sort. */
const FLAGS =
  /^(ABSL_(RETIRED_)?FLAG|ABSL_DECLARE_FLAG|(\w+_)?(DEFINE|DECLARE)_(bool|int|int32|uint32|int64|uint64|double|float|string)|GFLAGS_\w+)$/;

/** Tests and benchmarks, which register themselves by their name. */
const TESTS =
  /^(TEST|TEST_F|TEST_P|TYPED_TEST\w*|REGISTER_TYPED_TEST\w*|INSTANTIATE_(TYPED_)?TEST\w*|MATCHER(_P\d*)?|BENCHMARK\w*|FUZZ_TEST\w*)$/;

const REGISTRATIONS = /(^|_)(REGISTER|REGISTERS|REGISTRATION|REGISTRY|AUTOREGISTER|PLUGIN|EXPORT_PLUGIN|MODULE|COMPONENT)(_|$)/;

/** The SITE kind of a call by its macro's name; `none` for any other call. */
export function calleeKind(reader: Reader, id: number): number {
  const known = reader.callees[id] as number;
  if (known !== 0) return known - 1;
  const name = reader.interner.name(id);
  const kind = FLAGS.test(name) ? SITE.flag : TESTS.test(name) ? SITE.testCase : REGISTRATIONS.test(name) ? SITE.registration : SITE.none;
  reader.callees[id] = kind + 1;
  return kind;
}
