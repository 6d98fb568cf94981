// A place is that of the caller, in every compiler.
#include "unfork/place.h"

#include <cstring>

#include "check.h"
#include "unfork/text.h"

namespace {

unfork::Place TakeDefault(int, unfork::Place where = unfork::Here()) { return where; }

struct Opener {
  unfork::Place where;
  explicit Opener(unfork::Place from = unfork::Here()) : where(from) {}
};

void APlaceIsTheCallers() {
  const unfork::Place here = unfork::Here(); const int line = __LINE__;
  CHECK(here.line == line);
  CHECK(std::strstr(here.file, "place_test.cc") != nullptr);
  CHECK(std::strcmp(here.function, "APlaceIsTheCallers") == 0);
  const unfork::Place through_default = TakeDefault(1); const int second = __LINE__;
  CHECK(through_default.line == second);
  CHECK(std::strcmp(through_default.function, "APlaceIsTheCallers") == 0);
  const Opener opener; const int third = __LINE__;
  CHECK(opener.where.line == third);
}

void ATextShowsThePlace() {
  CHECK(unfork::Text<64>().Add(unfork::Place{"a.cc", 12, "main"}).c_str() == std::string("a.cc:12 (main)"));
  CHECK(unfork::Text<64>().Add(unfork::Place{"a.cc", 12, nullptr}).c_str() == std::string("a.cc:12"));
  CHECK(unfork::Text<64>().Add(unfork::Place{}).c_str() == std::string("an unknown place"));
}

void ATextIsCutAtItsLength() {
  unfork::Text<6> text;
  text.Add("abc").Add(-12).Add("more");
  CHECK(text.c_str() == std::string("abc-1"));
  CHECK(text.size() == 5);
  text.Clear();
  CHECK(text.c_str() == std::string());
  CHECK(unfork::Text<32>().Add(-2147483647 - 1).c_str() == std::string("-2147483648"));
  CHECK(unfork::Text<32>().Add(0).c_str() == std::string("0"));
  CHECK(unfork::Text<32>().Add(static_cast<const char*>(nullptr)).c_str() == std::string());
}

constexpr unfork::Text<16> kMadeByTheCompiler = unfork::Text<16>().Add("x=").Add(3);
static_assert(kMadeByTheCompiler.size() == 3);

}  // namespace

int main() {
  APlaceIsTheCallers();
  ATextShowsThePlace();
  ATextIsCutAtItsLength();
  return Finish("place");
}
