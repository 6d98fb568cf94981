// Entry points of the adapter units, one per flavor; only those of the flavors
// that the program was built with are defined.
#ifndef QUICK_ADAPTER_H_
#define QUICK_ADAPTER_H_

#include <memory>

#include "meter_shim.h"

namespace meter_shim {

namespace legacy {
// Throws std::invalid_argument for a detector that the release does not have.
std::unique_ptr<Meter> Create(const Settings& settings);
}  // namespace legacy

namespace latest {
std::unique_ptr<Meter> Create(const Settings& settings);
}  // namespace latest

}  // namespace meter_shim

#endif  // QUICK_ADAPTER_H_
