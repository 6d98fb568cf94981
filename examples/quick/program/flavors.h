// The flavors this program holds, and how to get a meter of each.
#ifndef QUICK_FLAVORS_H_
#define QUICK_FLAVORS_H_

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "meter_shim.h"

namespace quick {

struct Flavor {
  std::string_view name;
  std::unique_ptr<meter_shim::Meter> (*create)(const meter_shim::Settings&);
};

// Legacy first.
std::span<const Flavor> Flavors();

// Null when the program was built without it.
const Flavor* FindFlavor(std::string_view name);

}  // namespace quick

#endif  // QUICK_FLAVORS_H_
