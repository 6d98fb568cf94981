// quick_meter: measures a signal with one release of the library, or with both
// at once in one process.
#include <cstdio>
#include <exception>
#include <stdexcept>
#include <string>
#include <vector>

#include "flavors.h"
#include "run.h"
#include "signal_file.h"

namespace {

constexpr char kUsage[] =
    "usage: quick_meter (--flavor legacy|latest | --both) --in SIGNAL --out "
    "FOLDER [--detector NAME]\n"
    "  SIGNAL  raw 16-bit samples, little-endian, one channel, 16000 per "
    "second\n"
    "  FOLDER  gets levels.csv; with --both legacy.csv and latest.csv\n"
    "Prints one line of JSON per flavor.\n";

struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct Options {
  std::string flavor;
  bool both = false;
  std::string in;
  std::string out;
  std::string detector;
};

Options Parse(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string name = argv[i];
    if (name == "--both") {
      options.both = true;
      continue;
    }
    std::string* value = name == "--flavor"     ? &options.flavor
                         : name == "--in"       ? &options.in
                         : name == "--out"      ? &options.out
                         : name == "--detector" ? &options.detector
                                                : nullptr;
    if (value == nullptr) throw UsageError("unknown option " + name);
    if (++i == argc) throw UsageError(name + " needs a value");
    *value = argv[i];
  }
  if (options.both == !options.flavor.empty()) {
    throw UsageError("give either --flavor or --both");
  }
  if (options.in.empty()) throw UsageError("--in is missing");
  if (options.out.empty()) throw UsageError("--out is missing");
  return options;
}

std::vector<quick::Run> StartRuns(const Options& options) {
  const meter_shim::Settings settings{.sample_rate_hz = quick::kSampleRateHz,
                                      .detector = options.detector};
  std::vector<quick::Run> runs;
  for (const std::string& name :
       options.both ? std::vector<std::string>{"legacy", "latest"}
                    : std::vector<std::string>{options.flavor}) {
    const quick::Flavor* flavor = quick::FindFlavor(name);
    if (flavor == nullptr) {
      throw UsageError("this program has no flavor '" + name + "'");
    }
    runs.emplace_back(*flavor, settings);
  }
  return runs;
}

// Both meters are alive at once and take turns, frame by frame.
void Measure(const Options& options) {
  const std::vector<int16_t> signal = quick::ReadSignal(options.in);
  std::vector<quick::Run> runs = StartRuns(options);
  const std::span<const int16_t> samples(signal);
  for (size_t at = 0; at + quick::kFrame <= samples.size();
       at += quick::kFrame) {
    for (quick::Run& run : runs) run.Process(samples.subspan(at, quick::kFrame));
  }
  for (const quick::Run& run : runs) {
    const std::string name =
        options.both ? std::string(run.flavor().name) : "levels";
    run.WriteReadings(options.out + "/" + name + ".csv");
    std::printf("%s\n", run.Json(samples).c_str());
  }
}

}  // namespace

int main(int argc, char** argv) {
  try {
    Measure(Parse(argc, argv));
    return 0;
  } catch (const UsageError& error) {
    std::fprintf(stderr, "quick_meter: %s\n%s", error.what(), kUsage);
    return 2;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "quick_meter: %s\n", error.what());
    return 1;
  }
}
