// Carries the neutral API over to release v1. Its namespace, C names and
// global classes bear the flavor's suffix; this unit sees no other release.
#include "adapter.h"
#include "meter/level_meter.h"
#include "meter/text.h"
#include "meter_bar.h"
#include "meter_bar_colour.h"
#include "meter_session.h"

namespace meter_shim::legacy {
namespace {

class LegacyMeter final : public Meter {
 public:
  explicit LegacyMeter(const Settings& settings)
      : meter_(settings.sample_rate_hz, settings.detector) {}

  // This release takes a pointer and a length, and is asked afterwards.
  Reading Process(std::span<const int16_t> samples) override {
    meter_.process(samples.data(), static_cast<int>(samples.size()));
    const meter_legacy::Reading from = meter_.read();
    session_.note(from);
    const int lit = meter_bar_lit_legacy(from.level_db);
    return {.level_db = from.level_db,
            .peak_db = from.peak_db,
            .clipped = from.clipped,
            .text = meter_legacy::format_level(from.level_db),
            .lamps = lit,
            .colour = lit == 0 ? "dark" : meter_bar_colour_legacy(lit - 1)};
  }

  Summary Summarize() const override {
    return {session_.readings(), session_.clipped(), session_.loudest_db()};
  }

 private:
  meter_legacy::LevelMeter meter_;
  MeterSession_legacy session_;
};

}  // namespace

std::unique_ptr<Meter> Create(const Settings& settings) {
  return std::make_unique<LegacyMeter>(settings);
}

}  // namespace meter_shim::legacy
