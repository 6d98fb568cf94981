// Puts a run's figures into JSON.
#include "report.h"

#include "json.h"
#include "near_end.h"
#include "probe.h"
#include "quality.h"

namespace webrtc_audio {
namespace {

std::string ReleaseOf(Flavor flavor) {
  for (const auto& built : BuiltFlavors()) {
    if (built.flavor == flavor)
      return std::string(built.release);
  }
  return "";
}

JsonObject DescribeStatistics(const Statistics& statistics) {
  const auto& delay = statistics.delay_ms;
  JsonObject json;
  json.Real("echoReturnLossDb", statistics.echo_return_loss_db)
      .Real("echoReturnLossEnhancementDb",
            statistics.echo_return_loss_enhancement_db)
      .Real("residualEchoLikelihood", statistics.residual_echo_likelihood)
      .Real("delayMs", delay ? std::optional<double>(*delay) : std::nullopt);
  return json;
}

JsonObject DescribeQuality(const Quality& quality,
                           const NearEnd& near_end,
                           const Statistics& statistics) {
  JsonObject json;
  json.Real("inputLevelDbfs", quality.input_level_dbfs)
      .Real("outputLevelDbfs", quality.output_level_dbfs)
      .Real("outputPeakDbfs", quality.output_peak_dbfs)
      .Whole("clippedSamples", static_cast<int64_t>(quality.clipped_samples))
      .Real("erleDb", quality.erle_db)
      .Real("noiseReductionDb", quality.noise_reduction_db)
      .Real("nearGainDb", quality.near_gain_db)
      .Real("snrGainDb", quality.snr_gain_db())
      .Real("serGainDb", quality.ser_gain_db())
      .Real("latencyMs", near_end.latency_ms)
      .Real("speechLevelDbfs", near_end.speech_level_dbfs)
      .Real("spectralDistanceDb", near_end.spectral_distance_db)
      .Real("stoi", near_end.stoi)
      .Real("stoiGain", near_end.stoi_gain)
      .Object("apm", DescribeStatistics(statistics));
  return json;
}

JsonObject DescribeMeasured(const Lane& lane) {
  JsonObject json;
  json.Whole("cpuNsMedian", Percentile(lane.frame_cpu_ns, 0.5))
      .Whole("cpuNsP95", Percentile(lane.frame_cpu_ns, 0.95))
      .Whole("peakKiB", PeakResidentKiB());
  return json;
}

}  // namespace

std::string DescribeRun(const Sound& input,
                        const std::vector<Segment>& segments,
                        const Lane& lane,
                        const std::optional<Sound>& near) {
  const Quality quality = MeasureQuality(input, lane.output, segments);
  const NearEnd near_end = MeasureNearEnd(input, lane.output, near, segments);
  JsonObject json;
  json.Text("flavor", FlavorName(lane.flavor))
      .Text("release", ReleaseOf(lane.flavor))
      .Whole("sampleRateHz", input.sample_rate_hz)
      .Whole("channels", input.channels)
      .Whole("frames", static_cast<int64_t>(lane.frame_cpu_ns.size()))
      .Texts("unsupported", lane.processor->unsupported())
      .Object("quality", DescribeQuality(quality, near_end, lane.statistics))
      .Object("measured", DescribeMeasured(lane));
  return json.str();
}

}  // namespace webrtc_audio
