// A span looks at elements of whatever holds them, and never converts what may not be converted.
#include "unfork/span.h"

#include <array>
#include <numeric>
#include <string>
#include <type_traits>
#include <vector>

#if defined(__cpp_lib_span)
#include <span>
#endif
#if defined(__cpp_lib_ranges)
#include <algorithm>
#endif

#include "check.h"

namespace {

int Sum(unfork::span<const int> values) { return std::accumulate(values.begin(), values.end(), 0); }
int SumOfThree(unfork::span<const int, 3> values) { return Sum(values); }
std::size_t Length(unfork::span<const char> letters) { return letters.size(); }

using Ints = std::vector<int>;
static_assert(std::is_convertible_v<Ints&, unfork::span<int>>);
static_assert(std::is_convertible_v<Ints, unfork::span<const int>>);
static_assert(!std::is_constructible_v<unfork::span<int>, const Ints&>);
static_assert(!std::is_constructible_v<unfork::span<int>, Ints&&>);
static_assert(!std::is_constructible_v<unfork::span<int>, std::vector<long>&>);
static_assert(!std::is_constructible_v<unfork::span<int>, unfork::span<const int>>);
static_assert(!std::is_constructible_v<unfork::span<int, 2>, std::array<int, 3>&>);
static_assert(!std::is_default_constructible_v<unfork::span<int, 3>>);
static_assert(sizeof(unfork::span<int, 3>) == sizeof(int*));
static_assert(std::is_trivially_copyable_v<unfork::span<int>>);

void ASpanLooksAtWhateverHoldsElements() {
  int array[3] = {1, 2, 3};
  std::array<int, 2> standard{4, 5};
  const std::array<int, 2> constant{4, 5};
  Ints vector{6, 7};
  CHECK(Sum(array) == 6 && Sum(standard) == 9 && Sum(constant) == 9 && Sum(vector) == 13);
  CHECK(Sum(Ints{1, 1}) == 2 && Sum({}) == 0 && Sum(nullptr) == 0 && Sum({array, 2}) == 3 && Sum({array, array + 1}) == 1);
  CHECK(SumOfThree(array) == 6);
  CHECK(Length(std::string("four")) == 4);
  const unfork::span<int> writable(vector);
  writable[1] = 1;
  CHECK(vector.back() == 1);
  const unfork::span<const int> view = writable;
  CHECK(view == writable && view.data() == vector.data());
  const unfork::span<int, 2> fixed(vector);
  CHECK(fixed.size() == 2 && fixed == writable);
}

void ElementsAreReached() {
  int array[4] = {1, 2, 3, 4};
  const unfork::span<int> all(array);
  CHECK(all.size() == 4 && all.size_bytes() == 4 * sizeof(int) && !all.empty());
  CHECK(all.front() == 1 && all.back() == 4 && all[2] == 3);
  CHECK(*all.rbegin() == 4 && *(all.rend() - 1) == 1 && *all.cbegin() == 1 && *all.crbegin() == 4);
  CHECK(all.cend() - all.cbegin() == 4 && all.crend() - all.crbegin() == 4);
  CHECK(unfork::span<int>().empty());
}

void PartsAreTaken() {
  int array[4] = {1, 2, 3, 4};
  const unfork::span<int> all(array);
  CHECK(Sum(all.first(2)) == 3 && Sum(all.last(2)) == 7 && Sum(all.subspan(1)) == 9 && Sum(all.subspan(1, 2)) == 5);
  CHECK(all.subspan(4).empty() && all.first(0).empty() && all.last(0).empty());
  CHECK(Sum(all.subview(1)) == 9 && Sum(all.subview(1, 2)) == 5 && Sum(all.subview(2, 9)) == 7);
  CHECK(all.subview(4).empty() && all.subview(9, 1).empty());
  const unfork::span<int, 4> fixed(array);
  CHECK(Sum(fixed.subview(3, 5)) == 4);
}

void TypesAreDeduced() {
  int array[3] = {};
  Ints vector(2);
  const Ints constant(2);
  static_assert(std::is_same_v<decltype(unfork::span(array)), unfork::span<int, 3>>);
  static_assert(std::is_same_v<decltype(unfork::span(vector)), unfork::span<int>>);
  static_assert(std::is_same_v<decltype(unfork::span(constant)), unfork::span<const int>>);
  static_assert(std::is_same_v<decltype(unfork::span(array, 2)), unfork::span<int>>);
  CHECK(unfork::span(vector).size() == unfork::span(constant).size());
  static_cast<void>(array);
}

void SpansOfTheLibraryConvertBothWays() {
#if defined(__cpp_lib_span)
  int array[3] = {1, 2, 3};
  const std::span<int> standard(array);
  const unfork::span<int> own = standard;
  const unfork::span<const int> constant = standard;
  CHECK(own == constant && Sum(standard) == 6);
  const std::span<const int> back = constant;
  CHECK(back.data() == array && back.size() == 3);
#endif
#if defined(__cpp_lib_ranges)
  const unfork::span<const int> none;
  CHECK(std::ranges::find(none, 1) == none.end());
  static_assert(std::ranges::view<unfork::span<int>> && std::ranges::contiguous_range<unfork::span<int>>);
#endif
}

#if !defined(NDEBUG) && defined(UNFORK_TESTS_DEATHS)
void APositionOutsideIsCaught() {
  int array[2] = {1, 2};
  const unfork::span<int> all(array);
  CHECK(Contains(DeathOf([&] { static_cast<void>(all[2]); }), "index < size()"));
  CHECK(Contains(DeathOf([&] { static_cast<void>(all.subspan(3)); }), "offset <= size()"));
}
#else
void APositionOutsideIsCaught() {}
#endif

}  // namespace

int main() {
  ASpanLooksAtWhateverHoldsElements();
  ElementsAreReached();
  PartsAreTaken();
  TypesAreDeduced();
  SpansOfTheLibraryConvertBothWays();
  APositionOutsideIsCaught();
  return Finish("span");
}
