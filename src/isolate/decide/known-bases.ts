/** Owns what classes inherit from bases of widely used libraries, for trees that do not hold these libraries. */

/** GoogleTest's classes of tests (its reference, "Testing Reference"). */
const TESTS = /^(::)?testing::(Test|TestWithParam<.*>|WithParamInterface<.*>|Environment)$/;

const MEMBERS_OF_TESTS = new Set(
  "SetUp TearDown SetUpTestSuite TearDownTestSuite SetUpTestCase TearDownTestCase TestBody HasFatalFailure HasNonfatalFailure HasFailure IsSkipped RecordProperty GetParam ParamType Setup".split(
    " ",
  ),
);

/** Whether a class with the base, spelled without blanks, may have a member of that name from it. */
export function mayHaveMember(base: string, name: string): boolean {
  return !TESTS.test(base) || MEMBERS_OF_TESTS.has(name);
}
