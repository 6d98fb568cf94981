// Times assignments and events by processor time: the seed that the first argument names, use cases and units by turns.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <vector>

#include "unfork/experiment/assigner.h"
#include "unfork/experiment/files.h"
#include "unfork/experiment/telemetry_log.h"

namespace ue = unfork::experiment;

namespace {

double CpuNs() {
  timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
}

template <class Body>
void Row(const char* what, int rounds, int calls, Body body) {
  std::vector<double> times;
  for (int round = 0; round < rounds; ++round) {
    const double begin = CpuNs();
    for (int call = 0; call < calls; ++call) body(static_cast<std::size_t>(call));
    times.push_back((CpuNs() - begin) / calls);
  }
  std::sort(times.begin(), times.end());
  std::printf("%s\t%.1f\t%.1f\n", what, times[times.size() / 2], times.front());
}

}  // namespace

int main(int argc, char** argv) {
  std::string bytes;
  ue::Seed seed;
  if (argc < 4 || !ue::ReadFile(argv[1], bytes) || !ue::ReadSeed(bytes, seed).empty()) return 2;
  const int rounds = std::atoi(argv[2]);
  const int calls = std::atoi(argv[3]);
  const ue::Assigner assigner(seed, ue::Flavor::kLegacy);
  std::vector<std::string> units;
  for (int index = 0; index < 1024; ++index) units.push_back(ue::RandomHex(16));
  const std::vector<ue::SeedUseCase>& use_cases = seed.base.use_cases;
  int treated = 0;
  Row("assignment, 54 use cases and 1,024 units of 32 letters", rounds, calls, [&](std::size_t call) {
    ue::Units unit;
    unit.device = units[call & 1023];
    treated += assigner.Assign(use_cases[call % use_cases.size()].name, unit).arm == ue::Arm::kTreatment ? 1 : 0;
  });
  Row("of it the bucket", rounds, calls, [&](std::size_t call) {
    treated += ue::BucketOf(ue::SipKey{call, 7}, units[call & 1023]) < 250000 ? 1 : 0;
  });
  Row("a pseudonym", rounds, calls / 10, [&](std::size_t call) {
    treated += ue::PseudonymOf(units[0], units[1], units[call & 1023])[0] == 'f' ? 1 : 0;
  });
  ue::TelemetryOptions options;
  options.folder = "spool";
  options.limits.total_bytes = std::uint64_t{1} << 30;
  const auto log = ue::TelemetryLog::Open(options);
  if (log == nullptr) return 3;
  const ue::EventFields fields{"e-1", "use-case-1", 4, ue::Arm::kTreatment, units[0], ue::Flavor::kLatest, 1};
  Row("an event into the spool", rounds, calls / 100, [&](std::size_t call) {
    treated += log->Metric(fields, "join-ms", static_cast<double>(call)) ? 1 : 0;
  });
  return treated == 0 ? 1 : 0;
}
