// One run over a signal.
#include "run.h"

#include <sys/resource.h>
#include <time.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <stdexcept>

namespace quick {
namespace {

int64_t CpuNs() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

long PeakKib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

// The value below which the share `part` of all lies.
int64_t Quantile(std::vector<int64_t> values, double part) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  const double last = static_cast<double>(values.size() - 1);
  return values[static_cast<size_t>(std::lround(part * last))];
}

std::string Decimal(double value) {
  char text[64];
  std::snprintf(text, sizeof text, "%.3f", value);
  return text;
}

void AddOptional(std::string& json, const char* name,
                 const std::optional<double>& value) {
  if (!value) return;
  json += std::string(",\"") + name + "\":" + Decimal(*value);
}

std::string QualityJson(const Quality& quality) {
  std::string json = "{\"levelErrorDb\":" + Decimal(quality.level_error_db) +
                     ",\"peakErrorDb\":" + Decimal(quality.peak_error_db) +
                     ",\"missedClips\":" + std::to_string(quality.missed_clips) +
                     ",\"unreadable\":" + std::to_string(quality.unreadable);
  AddOptional(json, "settleMs", quality.settle_ms);
  AddOptional(json, "holdMs", quality.hold_ms);
  return json + "}";
}

}  // namespace

Run::Run(const Flavor& flavor, const meter_shim::Settings& settings)
    : flavor_(flavor), meter_(flavor.create(settings)) {}

void Run::Process(std::span<const int16_t> frame) {
  const int64_t before = CpuNs();
  readings_.push_back(meter_->Process(frame));
  cpu_ns_.push_back(CpuNs() - before);
}

void Run::WriteReadings(const std::string& path) const {
  std::ofstream file(path, std::ios::binary);
  file << "level_db,peak_db,clipped,text,lamps,colour\n";
  for (const meter_shim::Reading& reading : readings_) {
    file << Decimal(reading.level_db) << ',' << Decimal(reading.peak_db) << ','
         << (reading.clipped ? 1 : 0) << ',' << reading.text << ','
         << reading.lamps << ',' << reading.colour << '\n';
  }
  const meter_shim::Summary summary = meter_->Summarize();
  file << "# " << summary.readings << " readings, " << summary.clipped
       << " clipped, loudest " << Decimal(summary.loudest_db) << " dB\n";
  file.flush();
  if (!file) throw std::runtime_error("cannot write " + path);
}

std::string Run::Json(std::span<const int16_t> signal) const {
  const Quality quality = Judge(signal, readings_, kFrame, kSampleRateHz);
  return "{\"flavor\":\"" + std::string(flavor_.name) +
         "\",\"quality\":" + QualityJson(quality) +
         ",\"measured\":{\"cpuNsMedian\":" +
         std::to_string(Quantile(cpu_ns_, 0.5)) +
         ",\"cpuNsP95\":" + std::to_string(Quantile(cpu_ns_, 0.95)) +
         ",\"peakKiB\":" + std::to_string(PeakKib()) + "}}";
}

}  // namespace quick
