// One text of tables and calls for two flavors and for one. Built twice: without and with UNFORK_SHIM_ONLY.
#include "unfork/operations.h"

#include <map>
#include <type_traits>

#include "check.h"

namespace {

using Callback = void (*)(int);

struct CounterOps {
  UNFORK_OP(int, Add, void* object, int amount);
  UNFORK_OP(void, Reset, void* object);
  UNFORK_OP(int, Version, void);
  UNFORK_OP(UNFORK_TYPE(std::map<int, int>), Histogram, const void* object, UNFORK_TYPE(std::map<int, int>) start);
  UNFORK_OP(UNFORK_TYPE(void (*)(int)), Listener, void);
};

struct Implementation {
  int value = 0;
};

void Listen(int) {}

int AddTo(void* object, int amount) { return static_cast<Implementation*>(object)->value += amount; }
void ResetIt(void* object) { static_cast<Implementation*>(object)->value = 0; }
std::map<int, int> HistogramOf(const void* object, std::map<int, int> start) {
  ++start[static_cast<const Implementation*>(object)->value];
  return start;
}

#if defined(UNFORK_SHIM_ONLY)
int CounterOps::Add(void* object, int amount) { return AddTo(object, amount); }
void CounterOps::Reset(void* object) { ResetIt(object); }
int CounterOps::Version() { return 150; }
std::map<int, int> CounterOps::Histogram(const void* object, std::map<int, int> start) { return HistogramOf(object, std::move(start)); }
Callback CounterOps::Listener() { return Listen; }
constexpr CounterOps kLatest{};
static_assert(std::is_empty_v<unfork::OpsRef<CounterOps>>);
#else
int Version120() { return 120; }
int Version150() { return 150; }
Callback ListenerOf() { return Listen; }
constexpr CounterOps kLegacy{AddTo, ResetIt, Version120, HistogramOf, ListenerOf};
constexpr CounterOps kLatest{AddTo, ResetIt, Version150, HistogramOf, ListenerOf};
static_assert(sizeof(unfork::OpsRef<CounterOps>) == sizeof(void*));
#endif

/// As the shim has them.
struct Counter {
  unfork::OpsRef<CounterOps> ops;
  Implementation* object;

  int Add(int amount) { return ops->Add(object, amount); }
};

void CallsReachTheFlavor() {
  Implementation implementation;
  Counter counter{&kLatest, &implementation};
  CHECK(counter.Add(3) == 3);
  CHECK(counter.Add(4) == 7);
  CHECK(counter.ops->Version() == 150);
  CHECK(counter.ops->Histogram(counter.object, {}).at(7) == 1);
  CHECK(counter.ops->Listener() == Listen);
  counter.ops->Reset(counter.object);
  CHECK(implementation.value == 0);
}

void TheTableIsATag() {
  const unfork::OpsRef<CounterOps> latest(&kLatest);
  CHECK(latest);
  CHECK(latest == unfork::OpsRef<CounterOps>(&kLatest));
  CHECK(!(latest != latest));
  CHECK(latest.get() != nullptr);
#if defined(UNFORK_SHIM_ONLY)
  CHECK(unfork::OpsRef<CounterOps>());
#else
  CHECK(!unfork::OpsRef<CounterOps>());
  CHECK(latest != unfork::OpsRef<CounterOps>(&kLegacy));
  CHECK(unfork::OpsRef<CounterOps>(&kLegacy)->Version() == 120);
#endif
}

/// A header may decide for its own library.
struct DirectOps {
  UNFORK_DIRECT_OP(int, Twice, int value);
};
int DirectOps::Twice(int value) { return 2 * value; }

struct PointerOps {
  UNFORK_POINTER_OP(int, Twice, int value);
};

void OneProgramMayHaveBothKinds() {
  constexpr PointerOps table{DirectOps::Twice};
  CHECK(unfork::OpsRef<PointerOps>(&table)->Twice(4) == 8);
  CHECK(unfork::OpsRef<DirectOps>()->Twice(4) == 8);
}

}  // namespace

int main() {
  CallsReachTheFlavor();
  TheTableIsATag();
  OneProgramMayHaveBothKinds();
  return Finish("operations");
}
