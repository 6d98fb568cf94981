// The processes that descend from this one, whatever groups and sessions they went to: found, counted, stopped and killed.
#ifndef UNFORK_MEASURE_PROCESSES_H_
#define UNFORK_MEASURE_PROCESSES_H_

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <map>
#include <set>
#include <string>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>
#include <vector>

#ifdef __linux__
#include <dirent.h>
#endif

namespace measure {

struct Process {
  pid_t pid = 0;
  pid_t parent = 0;
  /// As in proc(5): R, S, T, Z …
  char state = 0;
  long long resident_pages = 0;
};

/// Looks for descendants again and again; what was seen to be none of them is not read a second time.
class Descendants {
 public:
  /// All of them now, zombies included. Empty where the system does not tell (Linux tells).
  std::vector<Process> Now() {
    std::map<pid_t, Process> seen;
#ifdef __linux__
    DIR* folder = opendir("/proc");
    if (folder == nullptr) return {};
    std::set<pid_t> foreign;
    while (const dirent* entry = readdir(folder)) {
      const pid_t pid = static_cast<pid_t>(std::atol(entry->d_name));
      Process process;
      if (pid <= 0) continue;
      if (foreign_.count(pid) != 0) foreign.insert(pid);
      else if (Read(pid, process)) seen[pid] = process;
    }
    closedir(folder);
    foreign_.swap(foreign);
#endif
    std::vector<Process> found;
    for (const auto& [pid, process] : seen) {
      const int kind = KindOf(process, seen);
      if (kind > 0) found.push_back(process);
      else if (kind < 0) foreign_.insert(pid);
    }
    return found;
  }

 private:
  static bool Read(pid_t pid, Process& process) {
    char text[1024] = "";
    std::FILE* file = std::fopen(("/proc/" + std::to_string(pid) + "/stat").c_str(), "r");
    if (file == nullptr) return false;
    const std::size_t size = std::fread(text, 1, sizeof text - 1, file);
    std::fclose(file);
    text[size] = '\0';
    const char* behind = std::strrchr(text, ')');
    if (behind == nullptr) return false;
    process.pid = pid;
    // state ppid, then 19 figures up to rss: proc(5).
    return std::sscanf(behind + 1, " %c %d %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %lld", &process.state,
                       &process.parent, &process.resident_pages) == 3;
  }

  /// 1: a descendant; -1: none; 0: its line of parents is broken, as one of them ended just now.
  int KindOf(const Process& process, const std::map<pid_t, Process>& seen) const {
    const pid_t self = getpid();
    if (process.pid == self) return 0;
    pid_t parent = process.parent;
    for (std::size_t steps = 0; steps <= seen.size(); ++steps) {
      if (parent == self) return 1;
      if (parent <= 1 || foreign_.count(parent) != 0) return -1;
      const auto above = seen.find(parent);
      if (above == seen.end()) return 0;
      parent = above->second.parent;
    }
    return 0;
  }

  std::set<pid_t> foreign_;
};

/// Processes and threads of this process's user, whom RLIMIT_NPROC counts; it does not bind root.
inline long TasksOfUser() {
  long count = 0;
#ifdef __linux__
  DIR* folder = opendir("/proc");
  if (folder == nullptr) return 0;
  while (const dirent* entry = readdir(folder)) {
    const std::string path = std::string("/proc/") + entry->d_name;
    struct stat status {};
    if (std::atol(entry->d_name) <= 0 || stat(path.c_str(), &status) != 0 || status.st_uid != getuid()) continue;
    // "." and ".." are links of the folder of threads, too.
    if (stat((path + "/task").c_str(), &status) == 0) count += static_cast<long>(status.st_nlink) - 2;
  }
  closedir(folder);
#endif
  return count;
}

/// Kills all descendants. They are stopped first, until no new one appears: those that fork all the time do not get away.
inline void KillDescendants() {
  std::set<pid_t> stopped;
  for (int round = 0; round < 200; ++round) {
    bool fresh = false;
    for (const Process& process : Descendants().Now()) {
      if (process.state == 'Z' || !stopped.insert(process.pid).second) continue;
      kill(process.pid, SIGSTOP);
      fresh = true;
    }
    if (!fresh) break;
  }
  for (const pid_t pid : stopped) kill(pid, SIGKILL);
}

}  // namespace measure

#endif  // UNFORK_MEASURE_PROCESSES_H_
