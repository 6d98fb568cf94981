// A program that opens no scope has one flavor: no pointer is remembered, and none is looked up.
#include "check.h"
#include "unfork/handed.h"

namespace {
struct Parser;
}

namespace unfork {
inline namespace v1 {
template <>
struct HandedName<Parser> {
  static constexpr const char* value = "xml_shim::Parser";
};
}  // namespace v1
}  // namespace unfork

namespace {

struct Legacy {
  static constexpr int kIndex = 0;
  static constexpr const char* kLibrary = "xml";
  static constexpr const char* kFlavor = "legacy";
};
struct Latest : Legacy {
  static constexpr int kIndex = 1;
  static constexpr const char* kFlavor = "latest";
};

char place;

}  // namespace

int main() {
  auto* parser = reinterpret_cast<Parser*>(&place);
  CHECK(!unfork::detail::RemembersHanded());
  CHECK(unfork::HandedOut<Legacy>(parser, "Create") == parser);
  unfork::HandedIn<Latest>(parser, "Parse");
  unfork::HandedBack<Latest>(parser, "Free");
  {
    const auto watch = unfork::WatchHanded<Legacy, true>(&parser, "Open");
  }
  unfork::HandedIn<Latest>(parser, "Parse");
  // From the first scope on pointers are remembered, wherever it is.
  unfork::detail::UseScopes();
  CHECK(unfork::detail::RemembersHanded() == !unfork::kOneFlavor);
  return Finish("handed without scopes");
}
