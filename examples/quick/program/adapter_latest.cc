// Carries the neutral API over to release v2. Its namespace, C names and
// global classes bear the flavor's suffix; this unit sees no other release.
#include "adapter.h"
#include "meter/level_meter.h"
#include "meter/text.h"
#include "meter_bar.h"
#include "meter_bar_colour.h"
#include "meter_session.h"

namespace meter_shim::latest {
namespace {

class LatestMeter final : public Meter {
 public:
  explicit LatestMeter(const Settings& settings)
      : meter_({.sample_rate_hz = settings.sample_rate_hz,
                .detector = settings.detector}) {}

  // This release takes a span and answers at once.
  Reading Process(std::span<const int16_t> samples) override {
    const meter_latest::Reading from = meter_.process(samples);
    session_.note(from);
    const int lit = meter_bar_lit_latest(from.level_db);
    return {.level_db = from.level_db,
            .peak_db = from.peak_db,
            .clipped = from.clipped,
            .text = meter_latest::format_level(from.level_db),
            .lamps = lit,
            .colour = lit == 0 ? "dark" : meter_bar_colour_latest(lit - 1)};
  }

  Summary Summarize() const override {
    return {session_.readings(), session_.clipped(), session_.loudest_db()};
  }

 private:
  meter_latest::LevelMeter meter_;
  MeterSession_latest session_;
};

}  // namespace

std::unique_ptr<Meter> Create(const Settings& settings) {
  return std::make_unique<LatestMeter>(settings);
}

}  // namespace meter_shim::latest
