// One run over a signal: readings, their table, the costs.
#ifndef QUICK_RUN_H_
#define QUICK_RUN_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "flavors.h"
#include "judge.h"
#include "meter_shim.h"

namespace quick {

inline constexpr int kSampleRateHz = 16000;
// 10 ms.
inline constexpr int kFrame = kSampleRateHz / 100;

// A meter of one flavor and all it has read.
class Run {
 public:
  Run(const Flavor& flavor, const meter_shim::Settings& settings);

  void Process(std::span<const int16_t> frame);

  // Writes one line per frame: level, peak, clip light, text, lamps, colour.
  // Throws std::runtime_error when the file cannot be written.
  void WriteReadings(const std::string& path) const;

  // One line of JSON: flavor, quality, measured.
  std::string Json(std::span<const int16_t> signal) const;

  const Flavor& flavor() const { return flavor_; }

 private:
  const Flavor& flavor_;
  std::unique_ptr<meter_shim::Meter> meter_;
  std::vector<meter_shim::Reading> readings_;
  // CPU time of each frame, in ns.
  std::vector<int64_t> cpu_ns_;
};

}  // namespace quick

#endif  // QUICK_RUN_H_
