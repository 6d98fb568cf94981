// The registry of detectors.
#include "meter/detector.h"

namespace meter {

Registry& Registry::instance() {
  static Registry registry;
  return registry;
}

void Registry::add(const std::string& name, DetectorFactory factory) {
  entries_.push_back({name, factory});
}

std::unique_ptr<Detector> Registry::create(const std::string& name,
                                           int sample_rate_hz) const {
  for (const Entry& entry : entries_) {
    if (entry.name == name) return entry.factory(sample_rate_hz);
  }
  return nullptr;
}

std::vector<std::string> Registry::names() const {
  std::vector<std::string> names;
  for (const Entry& entry : entries_) names.push_back(entry.name);
  return names;
}

Registration::Registration(const char* name, DetectorFactory factory) {
  Registry::instance().add(name, factory);
}

}  // namespace meter
