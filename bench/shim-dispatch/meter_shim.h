// Owns the shim of the bench, as it is generated: an object over a library's object, and a free function.
#pragma once

#include "unfork/current.h"
#include "unfork/flavor_state.h"
#include "unfork/operations.h"

namespace meter_shim {

struct MeterOps {
  UNFORK_OP(int, Add, void* object, int amount);
};

struct Api {
  UNFORK_OP(void*, CreateMeter, void);
  UNFORK_OP(int, Scale, int value);
};

#if defined(UNFORK_SHIM_ONLY)
inline unfork::FlavorState state("meter", {"legacy", "1", nullptr}, {"latest", "2", &unfork::kDirect});
inline unfork::OpsRef<MeterOps> MeterOfCurrent() { return {}; }
#else
extern const Api kLegacyApi, kLatestApi;
extern const MeterOps kLegacyMeter, kLatestMeter;
inline unfork::FlavorState state("meter", {"legacy", "1", &kLegacyApi}, {"latest", "2", &kLatestApi});
inline unfork::OpsRef<MeterOps> MeterOfCurrent() { return state.Get() == 0 ? &kLegacyMeter : &kLatestMeter; }
#endif

class Meter {
 public:
  Meter() : ops_(MeterOfCurrent()), object_(unfork::CurrentOps<Api>(state, "meter_shim::Meter::Meter")->CreateMeter()) {}
  int Add(int amount) { return ops_->Add(object_, amount); }

 private:
  unfork::OpsRef<MeterOps> ops_;
  void* object_;
};

inline int Scale(int value) { return unfork::CurrentOps<Api>(state, "meter_shim::Scale")->Scale(value); }

}  // namespace meter_shim
