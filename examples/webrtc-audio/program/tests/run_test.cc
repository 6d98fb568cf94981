// The frame loop and the figures, over the stand-in releases.
#include <cmath>
#include <numbers>

#include "audio_processor.h"
#include "check.h"
#include "errors.h"
#include "probe.h"
#include "quality.h"
#include "report.h"
#include "run.h"

namespace {

using namespace webrtc_audio;

Sound Sine(double seconds, float amplitude, int channels = 1) {
  Sound sound{8000, channels, {}};
  const int length = static_cast<int>(seconds * 8000);
  for (int i = 0; i < length; ++i) {
    const double phase = 2 * std::numbers::pi * 440 * i / 8000;
    for (int c = 0; c < channels; ++c) {
      sound.samples.push_back(amplitude * static_cast<float>(std::sin(phase)));
    }
  }
  return sound;
}

std::vector<Lane> Run(const std::vector<Flavor>& flavors,
                      const Sound& capture,
                      const std::optional<Sound>& render) {
  std::vector<Lane> lanes;
  for (Flavor flavor : flavors) {
    lanes.push_back({.flavor = flavor,
                     .processor = CreateAudioProcessor(
                         flavor, CommonFormat(capture, render), Settings{})});
  }
  RunLanes(capture, render, 0, lanes);
  return lanes;
}

bool Near(double value, double wanted) {
  return std::abs(value - wanted) < 0.01;
}

TEST(both_flavors_in_turn_give_what_each_gives_alone) {
  const Sound capture = Sine(0.5, 0.5f);
  const Sound render = Sine(0.3, 0.2f);
  const auto both = Run({Flavor::kLegacy, Flavor::kLatest}, capture, render);
  for (const Lane& lane : both) {
    const auto alone = Run({lane.flavor}, capture, render);
    CHECK(alone[0].output.samples == lane.output.samples);
  }
  CHECK(both[0].output.samples != both[1].output.samples);
}

TEST(output_is_as_long_as_the_input_even_within_a_frame) {
  const Sound capture = Sine(0.0231, 0.5f, 2);
  const auto lanes = Run({Flavor::kLegacy}, capture, std::nullopt);
  CHECK(lanes[0].output.length() == capture.length());
  CHECK(lanes[0].frame_cpu_ns.size() == 3);
  CHECK(*lanes[0].statistics.delay_ms == 3);
}

TEST(render_of_another_rate_is_refused) {
  Sound render = Sine(1, 0.1f);
  render.sample_rate_hz = 16000;
  CHECK_THROWS(InputError, "capture has 8000 Hz, render 16000 Hz",
               CommonFormat(Sine(1, 0.1f), render));
}

TEST(levels_are_compared_by_label) {
  const Sound input = Sine(2, 0.5f);
  Sound output = input;
  for (size_t i = 0; i < 8000; ++i)
    output.samples[i] *= 0.1f;
  const Quality quality = MeasureQuality(
      input, output, {{Label::kFar, 0, 1}, {Label::kNear, 1, 2}});
  CHECK(Near(quality.input_level_dbfs, -9.03));
  CHECK(Near(*quality.erle_db, 20));
  CHECK(Near(*quality.near_gain_db, 0));
  CHECK(!quality.noise_reduction_db);
  CHECK(Near(*quality.ser_gain_db(), 20) && !quality.snr_gain_db());
  CHECK_THROWS(InputError, "after the end",
               MeasureQuality(input, output, {{Label::kFar, 1, 2.1}}));
}

TEST(silence_has_a_floor_and_full_scale_is_counted) {
  const Sound silence{8000, 1, std::vector<float>(8000)};
  const Quality quality =
      MeasureQuality(Sine(1, 1.0f), silence, {{Label::kNoise, 0, 1}});
  CHECK(quality.output_level_dbfs == kSilenceDbfs &&
        quality.output_peak_dbfs == kSilenceDbfs);
  CHECK(quality.clipped_samples == 0);
  CHECK(Near(*quality.noise_reduction_db, 120 - 3.01));
  const Sound loud{8000, 1, {1.0f, -1.0f, 0.9f, 2.0f}};
  CHECK(MeasureQuality(loud, loud, {}).clipped_samples == 3);
}

TEST(percentiles_go_by_nearest_rank) {
  CHECK(Percentile({5, 1, 4, 2, 3}, 0.5) == 3);
  CHECK(Percentile({1, 2, 3, 4}, 0.5) == 2);
  CHECK(Percentile({7}, 0.95) == 7);
  CHECK(Percentile({}, 0.5) == 0);
}

TEST(the_line_keeps_measured_figures_apart) {
  const Sound capture = Sine(0.1, 0.5f);
  const auto lanes = Run({Flavor::kLatest}, capture, std::nullopt);
  const std::string line = DescribeRun(capture, {}, lanes[0]);
  const std::string begin =
      R"({"flavor":"latest","release":"R2","sampleRateHz":8000,"channels":1,"frames":10,)";
  CHECK(line.starts_with(begin));
  const size_t measured = line.find(R"("measured":{"cpuNsMedian":)");
  CHECK(line.find(R"("quality":{"inputLevelDbfs":-9.031)") < measured);
  CHECK(measured != std::string::npos && line.ends_with("}}"));
  CHECK(line.find("cpuNs") > line.find("measured"));
  CHECK(PeakResidentKiB() > 0);
}

}  // namespace
