// Owns the count of instructions that a command retires, where the machine counts them.
#ifndef UNFORK_MEASURE_INSTRUCTIONS_H_
#define UNFORK_MEASURE_INSTRUCTIONS_H_

#include <cstdint>
#include <sys/types.h>
#include <unistd.h>

#ifdef __linux__
#include <linux/perf_event.h>
#include <sys/syscall.h>
#endif

namespace measure {

/// A counter of the user-space instructions that `child` and its descendants will have retired, from its exec on. -1: none to be had.
inline int OpenInstructions(pid_t child) {
#ifdef __linux__
  perf_event_attr attributes{};
  attributes.type = PERF_TYPE_HARDWARE;
  attributes.size = sizeof attributes;
  attributes.config = PERF_COUNT_HW_INSTRUCTIONS;
  attributes.disabled = 1;
  attributes.inherit = 1;
  attributes.enable_on_exec = 1;
  attributes.exclude_kernel = 1;
  attributes.exclude_hv = 1;
  attributes.read_format = PERF_FORMAT_TOTAL_TIME_ENABLED | PERF_FORMAT_TOTAL_TIME_RUNNING;
  return static_cast<int>(syscall(SYS_perf_event_open, &attributes, child, -1, -1, PERF_FLAG_FD_CLOEXEC));
#else
  (void)child;
  return -1;
#endif
}

/// -1 also where the kernel shared the counter out, for then the figure is an estimate.
inline long long ReadInstructions(int counter) {
  if (counter < 0) return -1;
  std::uint64_t values[3] = {0, 0, 0};
  const ssize_t got = read(counter, values, sizeof values);
  close(counter);
  return got == sizeof values && values[1] == values[2] ? static_cast<long long>(values[0]) : -1;
}

}  // namespace measure

#endif  // UNFORK_MEASURE_INSTRUCTIONS_H_
