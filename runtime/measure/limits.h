// What all processes of a run may take together, looked at while it runs: memory, disk, their number.
#ifndef UNFORK_MEASURE_LIMITS_H_
#define UNFORK_MEASURE_LIMITS_H_

#include <cstdio>
#include <cstring>
#include <ftw.h>
#include <string>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

#include "control_group.h"
#include "processes.h"

namespace measure {

/// 0: no limit.
struct Limits {
  long long memory_bytes = 0;
  long long disk_bytes = 0;
  long processes = 0;
  /// Folders whose files count for `disk_bytes`, wherever else the run may write.
  std::vector<std::string> folders;

  bool Any() const { return memory_bytes > 0 || disk_bytes > 0 || processes > 0; }
};

inline long long& DiskUse() {
  static long long bytes = 0;
  return bytes;
}

inline int AddFile(const char*, const struct stat* status, int, struct FTW*) {
  DiskUse() += status->st_blocks * 512LL;
  return 0;
}

/// What the files below these folders take.
inline long long DiskUseOf(const std::vector<std::string>& folders) {
  DiskUse() = 0;
  for (const std::string& folder : folders) nftw(folder.c_str(), AddFile, 16, FTW_PHYS);
  return DiskUse();
}

/// Bytes that a process and the children it has waited for have sent to disks; 0 where the system does not tell.
inline long long WrittenBy(pid_t pid) {
  char line[128] = "";
  long long bytes = 0;
  std::FILE* file = std::fopen(("/proc/" + std::to_string(pid) + "/io").c_str(), "r");
  if (file == nullptr) return 0;
  while (std::fgets(line, sizeof line, file) != nullptr)
    if (std::strncmp(line, "write_bytes: ", 13) == 0) bytes = std::atoll(line + 13);
  std::fclose(file);
  return bytes;
}

/// Watches one run, and has the kernel bound it where that is to be had.
class Watch {
 public:
  explicit Watch(const Limits& limits) : limits_(limits) {
    if (limits.processes > 0) tasks_.Bound("pids", "pids.max", "pids.max", limits.processes);
    if (limits.memory_bytes > 0) memory_.Bound("memory", "memory.limit_in_bytes", "memory.max", limits.memory_bytes);
  }

  /// Puts the command under the kernel's bounds, before it starts.
  void Take(pid_t child) const {
    if (!tasks_.Take(child) || !memory_.Take(child)) std::fprintf(stderr, "measure: this run is not bounded by the kernel\n");
  }

  /// In the command's own process, where no group bounds the number: as that of all processes of this user, now and as many more.
  bool WantsProcessLimit() const { return limits_.processes > 0 && !tasks_.Is(); }

  /// The limit that is exceeded now: "memory", "disk", "processes"; null: none.
  const char* Exceeded() {
    if (!limits_.Any()) return nullptr;
    if (const char* bound = ExceededByKernel()) return bound;
    const std::vector<Process> all = descendants_.Now();
    long alive = 0;
    long long pages = 0;
    for (const Process& process : all) {
      if (process.state == 'Z') continue;
      ++alive;
      pages += process.resident_pages;
    }
    if (limits_.processes > 0 && alive > limits_.processes) return "processes";
    if (limits_.memory_bytes > 0 && pages * sysconf(_SC_PAGESIZE) > limits_.memory_bytes) return "memory";
    // Files are looked at less often: there may be many.
    if (limits_.disk_bytes > 0 && ++looks_ % 4 == 0 && TakesTooMuchDisk(all)) return "disk";
    return nullptr;
  }

  /// Once it has ended: what the kernel had to say, and what it left on the disk.
  const char* ExceededAtEnd() const {
    if (const char* bound = ExceededByKernel()) return bound;
    return limits_.disk_bytes > 0 && DiskUseOf(limits_.folders) > limits_.disk_bytes ? "disk" : nullptr;
  }

 private:
  const char* ExceededByKernel() const {
    if (tasks_.Figure("pids.events", "max") > 0) return "processes";
    const bool killed = memory_.Figure("memory.oom_control", "oom_kill") + memory_.Figure("memory.events", "oom_kill") > 0;
    return killed ? "memory" : nullptr;
  }

  bool TakesTooMuchDisk(const std::vector<Process>& all) const {
    long long written = WrittenBy(getpid());
    for (const Process& process : all) written += WrittenBy(process.pid);
    return written > limits_.disk_bytes || DiskUseOf(limits_.folders) > limits_.disk_bytes;
  }

  Limits limits_;
  ControlGroup tasks_;
  ControlGroup memory_;
  Descendants descendants_;
  long looks_ = 0;
};

}  // namespace measure

#endif  // UNFORK_MEASURE_LIMITS_H_
