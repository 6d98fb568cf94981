// Owns one flavor's side of the shim. Compiled once per flavor, with FLAVOR_API and FLAVOR_METER as the names of its tables.
#include "library.h"
#include "meter_shim.h"

namespace {
int AddTo(void* object, int amount) { return static_cast<::Meter*>(object)->Add(amount); }
void* Create() { return ::CreateMeter(); }
int ScaleIt(int value) { return ::Scale(value); }
}  // namespace

namespace meter_shim {
#if defined(UNFORK_SHIM_ONLY)
int MeterOps::Add(void* object, int amount) { return AddTo(object, amount); }
void* Api::CreateMeter() { return Create(); }
int Api::Scale(int value) { return ScaleIt(value); }
#else
const MeterOps FLAVOR_METER{AddTo};
const Api FLAVOR_API{Create, ScaleIt};
#endif
}  // namespace meter_shim
