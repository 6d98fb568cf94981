// Asks Linux for processor time and memory.
#include "probe.h"

#include <time.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <string>

namespace webrtc_audio {

int64_t ThreadCpuNs() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

int64_t PeakResidentKiB() {
  std::ifstream status("/proc/self/status");
  std::string word;
  while (status >> word) {
    int64_t kib = 0;
    if (word == "VmHWM:" && status >> kib)
      return kib;
  }
  return 0;
}

int64_t Percentile(std::vector<int64_t> values, double share) {
  if (values.empty())
    return 0;
  std::sort(values.begin(), values.end());
  const double rank = std::ceil(share * static_cast<double>(values.size()));
  return values[static_cast<size_t>(std::max(rank, 1.0)) - 1];
}

}  // namespace webrtc_audio
