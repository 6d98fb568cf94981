// Pointers without a place for a flavor: who handed them out is known where they are handed in, from the program's start on.
#include "check.h"
#include "unfork/handed.h"

namespace {

struct Parser;
struct Buffer {
  int first;
};
const int kLegacyApi = 1;
const int kLatestApi = 2;

}  // namespace

namespace unfork {
inline namespace v1 {
template <>
struct HandedName<Parser> {
  static constexpr const char* value = "xml_shim::Parser";
};
template <>
struct HandedName<Buffer> {
  static constexpr const char* value = "xml_shim::Buffer";
};
}  // namespace v1
}  // namespace unfork

namespace {

struct Legacy {
  static constexpr int kIndex = 0;
  static constexpr const char* kLibrary = "xml";
  static constexpr const char* kFlavor = "legacy";
};
struct Latest {
  static constexpr int kIndex = 1;
  static constexpr const char* kLibrary = "xml";
  static constexpr const char* kFlavor = "latest";
};

unfork::FlavorState state("xml", {"legacy", "1.0", &kLegacyApi}, {"latest", "2.0", &kLatestApi});

char places[8];
Parser* At(int place) { return reinterpret_cast<Parser*>(&places[place]); }

void AForeignPointerEndsTheProcess() {
  Parser* const parser = unfork::HandedOut<Legacy>(At(0), "Create");
  unfork::HandedIn<Legacy>(parser, "Parse");
  CHECK_DIES("a pointer to xml_shim::Parser that belongs to flavor legacy (Create handed it out) was handed to flavor latest, to Parse",
             unfork::HandedIn<Latest>(parser, "Parse"));
  CHECK_DIES("was handed to flavor latest, to Free", unfork::HandedBack<Latest>(static_cast<const Parser*>(parser), "Free"));
}

void TheScopesAreNamed() {
  const unfork::FlavorScope scope(state, 0);
  Parser* const parser = unfork::HandedOut<Legacy>(At(1), "Create");
  CHECK_DIES("(Create handed it out, in the scope opened at ", unfork::HandedIn<Latest>(parser, "Parse"));
  CHECK_DIES("to Parse, in the scope opened at ", unfork::HandedIn<Latest>(parser, "Parse"));
}

/// This program holds code that opens a scope: it knows before it opens one.
void WhatWasMadeBeforeTheFirstScopeIsKnown() {
  unfork::HandedOut<Legacy>(At(7), "Create");
  CHECK_DIES("belongs to flavor legacy", unfork::HandedIn<Latest>(At(7), "Parse"));
}

void WhatIsNotKnownPasses() {
  unfork::HandedIn<Latest>(At(2), "Parse");
  unfork::HandedIn<Latest>(static_cast<Parser*>(nullptr), "Parse");
  CHECK(unfork::HandedOut<Latest>(static_cast<Parser*>(nullptr), "Create") == nullptr);
}

void AnAddressIsWhoseItWasLast() {
  unfork::HandedOut<Legacy>(At(3), "Create");
  unfork::HandedBack<Legacy>(At(3), "Free");
  unfork::HandedIn<Latest>(At(3), "Parse");
  unfork::HandedOut<Legacy>(At(3), "Create");
  unfork::HandedOut<Latest>(At(3), "Create");
  unfork::HandedIn<Latest>(At(3), "Parse");
  CHECK_DIES("belongs to flavor latest", unfork::HandedIn<Legacy>(At(3), "Parse"));
  // A flavor that hands out what need not be given back.
  unfork::HandedOn<Legacy>(At(3));
  unfork::HandedIn<Legacy>(At(3), "Parse");
  unfork::HandedIn<Latest>(At(3), "Parse");
}

void AnObjectAndItsFirstMemberAreTwo() {
  auto* const buffer = reinterpret_cast<Buffer*>(At(4));
  unfork::HandedOut<Legacy>(At(4), "Create");
  unfork::HandedIn<Latest>(buffer, "Append");
  unfork::HandedOut<Latest>(buffer, "Buffer");
  unfork::HandedIn<Latest>(buffer, "Append");
  CHECK_DIES("belongs to flavor legacy", unfork::HandedIn<Latest>(At(4), "Parse"));
}

template <class L>
void Open(Parser** parser, Parser* made) {
  const auto watch = unfork::WatchHanded<L, true>(parser, "Open");
  *parser = made;
}

void AVariableThatACallSets() {
  Parser* parser = nullptr;
  Open<Legacy>(&parser, At(5));
  CHECK_DIES("(Open handed it out", unfork::HandedIn<Latest>(parser, "Parse"));
  // Left alone by the other flavor, it may be anybody's.
  Open<Latest>(&parser, parser);
  unfork::HandedIn<Latest>(parser, "Parse");
  // Set to nothing: the object may be gone.
  Open<Legacy>(&parser, At(6));
  Open<Legacy>(&parser, nullptr);
  unfork::HandedIn<Latest>(At(6), "Parse");
  Open<Legacy>(nullptr == parser ? &parser : nullptr, nullptr);
}

}  // namespace

int main() {
  WhatWasMadeBeforeTheFirstScopeIsKnown();
  AForeignPointerEndsTheProcess();
  TheScopesAreNamed();
  WhatIsNotKnownPasses();
  AnAddressIsWhoseItWasLast();
  AnObjectAndItsFirstMemberAreTwo();
  AVariableThatACallSets();
  return Finish("handed");
}
