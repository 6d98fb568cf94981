// A control group of the run's own, where this process may make one: the kernel itself then bounds tasks and memory.
#ifndef UNFORK_MEASURE_CONTROL_GROUP_H_
#define UNFORK_MEASURE_CONTROL_GROUP_H_

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

namespace measure {

inline bool WriteTo(const std::string& path, const std::string& text) {
  std::FILE* file = std::fopen(path.c_str(), "w");
  if (file == nullptr) return false;
  const bool written = std::fputs(text.c_str(), file) >= 0;
  return (std::fclose(file) == 0) && written;
}

/// The figure behind `key` and a space in a file of lines; 0 where there is none.
inline long FigureIn(const std::string& path, const char* key) {
  char line[512] = "";
  long figure = 0;
  std::FILE* file = std::fopen(path.c_str(), "r");
  if (file == nullptr) return 0;
  const std::size_t length = std::strlen(key);
  while (std::fgets(line, sizeof line, file) != nullptr)
    if (std::strncmp(line, key, length) == 0 && line[length] == ' ') figure = std::atol(line + length + 1);
  std::fclose(file);
  return figure;
}

/// The folder of this process's own group of a controller, version 1 (`pids`, `memory`) or 2 (""); empty where there is none.
inline std::string OwnGroup(const std::string& controller) {
  char line[512] = "";
  std::string found;
  std::FILE* file = std::fopen("/proc/self/cgroup", "r");
  if (file == nullptr) return found;
  const std::string mark = controller.empty() ? "0::" : ":" + controller + ":";
  while (std::fgets(line, sizeof line, file) != nullptr) {
    line[std::strcspn(line, "\n")] = '\0';
    const char* at = std::strstr(line, mark.c_str());
    if (at == nullptr || (controller.empty() && at != line)) continue;
    found = "/sys/fs/cgroup" + (controller.empty() ? "" : "/" + controller) + (at + mark.size());
  }
  std::fclose(file);
  return found;
}

/// One group with one bound, gone when this is.
class ControlGroup {
 public:
  ControlGroup() = default;
  ControlGroup(const ControlGroup&) = delete;
  ControlGroup& operator=(const ControlGroup&) = delete;
  ~ControlGroup() {
    if (!folder_.empty()) rmdir(folder_.c_str());
  }

  /// False where no such group can be made: another bound is then needed.
  bool Bound(const std::string& controller, const char* file_v1, const char* file_v2, long long most) {
    return Make(OwnGroup(controller), controller, file_v1, most) || Make(OwnGroup(""), controller, file_v2, most);
  }

  bool Take(pid_t child) const { return folder_.empty() || WriteTo(folder_ + "/cgroup.procs", std::to_string(child)); }

  bool Is() const { return !folder_.empty(); }

  long Figure(const char* file, const char* key) const { return folder_.empty() ? 0 : FigureIn(folder_ + "/" + file, key); }

 private:
  bool Make(const std::string& own, const std::string& controller, const char* file, long long most) {
    if (own.empty()) return false;
    const std::string folder = own + "/unfork-" + controller + "-" + std::to_string(getpid());
    if (mkdir(folder.c_str(), 0755) != 0) return false;
    if (access((folder + "/" + file).c_str(), W_OK) == 0 && WriteTo(folder + "/" + file, std::to_string(most))) {
      folder_ = folder;
      return true;
    }
    rmdir(folder.c_str());
    return false;
  }

  std::string folder_;
};

}  // namespace measure

#endif  // UNFORK_MEASURE_CONTROL_GROUP_H_
