// Runs one command and writes what it cost: processor time, peak memory, instructions, how it ended, what it left running.
//
//   measure RESULT [cpu=N] [seconds=S] [cpu-seconds=S] [file-bytes=N] [address-bytes=N] -- COMMAND [ARGUMENT ...]
//
// RESULT becomes one JSON object, written whole before this ends. Exit status: 0 when the command was started, whatever became of
// it; 127 when it could not be (RESULT then holds "error"); 2 for wrong arguments.
// The command's descendants belong to it: what still runs when it has ended is counted, killed and waited for. On Linux those that
// left its process group are found too (this process adopts orphans: prctl(2), PR_SET_CHILD_SUBREAPER).
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <string>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

#ifdef __linux__
#include <dirent.h>
#include <linux/perf_event.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif

namespace {

struct Request {
  std::string result;
  long cpu = -1;
  double seconds = 0;
  long cpu_seconds = 0;
  long long file_bytes = 0;
  long long address_bytes = 0;
  char** command = nullptr;
};

/// What a run came to. Times in nanoseconds, memory in KiB; instructions -1 where the machine does not count them.
struct Outcome {
  int status = 0;
  bool timed_out = false;
  long long wall = 0;
  long long instructions = -1;
  int left_running = 0;
  long oom_kills = 0;
  rusage usage = {};
};

volatile sig_atomic_t alarm_rang = 0;

void OnAlarm(int) { alarm_rang = 1; }

long long Now() {
  timespec time{};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1'000'000'000LL + time.tv_nsec;
}

[[noreturn]] void Usage(const char* why) {
  std::fprintf(stderr, "measure: %s\n", why);
  std::exit(2);
}

bool Takes(const char* argument, const char* key, const char** value) {
  const std::size_t length = std::strlen(key);
  if (std::strncmp(argument, key, length) != 0 || argument[length] != '=') return false;
  *value = argument + length + 1;
  return true;
}

Request Parse(int count, char** arguments) {
  Request request;
  if (count < 4) Usage("RESULT, -- and a command are wanted");
  request.result = arguments[1];
  int index = 2;
  for (; index < count && std::strcmp(arguments[index], "--") != 0; ++index) {
    const char* value = nullptr;
    if (Takes(arguments[index], "cpu", &value)) request.cpu = std::atol(value);
    else if (Takes(arguments[index], "seconds", &value)) request.seconds = std::atof(value);
    else if (Takes(arguments[index], "cpu-seconds", &value)) request.cpu_seconds = std::atol(value);
    else if (Takes(arguments[index], "file-bytes", &value)) request.file_bytes = std::atoll(value);
    else if (Takes(arguments[index], "address-bytes", &value)) request.address_bytes = std::atoll(value);
    else Usage(arguments[index]);
  }
  if (index + 1 >= count) Usage("a command is wanted behind --");
  request.command = arguments + index + 1;
  return request;
}

void Limit(int resource, long long value) {
  if (value <= 0) return;
  const rlimit limit{static_cast<rlim_t>(value), static_cast<rlim_t>(value)};
  setrlimit(static_cast<decltype(RLIMIT_CPU)>(resource), &limit);
}

void Pin(long cpu) {
#ifdef __linux__
  if (cpu < 0) return;
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(static_cast<std::size_t>(cpu), &set);
  sched_setaffinity(0, sizeof set, &set);
#else
  (void)cpu;
#endif
}

/// A counter of the user-space instructions that `child` and its descendants will have retired, from its exec on. -1: none to be had.
int OpenInstructions(pid_t child) {
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
long long ReadInstructions(int counter) {
  if (counter < 0) return -1;
  std::uint64_t values[3] = {0, 0, 0};
  const ssize_t got = read(counter, values, sizeof values);
  close(counter);
  return got == sizeof values && values[1] == values[2] ? static_cast<long long>(values[0]) : -1;
}

/// How often the kernel has killed for want of memory in this process's control group; 0 where that is not told.
long OomKills() {
#ifdef __linux__
  char line[512] = "";
  std::string path = "/sys/fs/cgroup";
  if (std::FILE* file = std::fopen("/proc/self/cgroup", "r")) {
    while (std::fgets(line, sizeof line, file) != nullptr) {
      if (std::strncmp(line, "0::", 3) != 0) continue;
      line[std::strcspn(line, "\n")] = '\0';
      path += line + 3;
    }
    std::fclose(file);
  }
  long kills = 0;
  if (std::FILE* file = std::fopen((path + "/memory.events").c_str(), "r")) {
    while (std::fgets(line, sizeof line, file) != nullptr) {
      if (std::strncmp(line, "oom_kill ", 9) == 0) kills = std::atol(line + 9);
    }
    std::fclose(file);
  }
  return kills;
#else
  return 0;
#endif
}

/// Kills every child this process has now and gives their number. Orphans of the command have become its children.
int KillChildren() {
  int killed = 0;
#ifdef __linux__
  DIR* processes = opendir("/proc");
  if (processes == nullptr) return 0;
  while (const dirent* entry = readdir(processes)) {
    const pid_t pid = static_cast<pid_t>(std::atol(entry->d_name));
    if (pid <= 0) continue;
    char text[512] = "";
    std::FILE* file = std::fopen((std::string("/proc/") + entry->d_name + "/stat").c_str(), "r");
    if (file == nullptr) continue;
    const std::size_t size = std::fread(text, 1, sizeof text - 1, file);
    std::fclose(file);
    text[size] = '\0';
    const char* behind = std::strrchr(text, ')');
    char state = 0;
    int parent = 0;
    if (behind == nullptr || std::sscanf(behind + 1, " %c %d", &state, &parent) != 2 || parent != getpid()) continue;
    if (state == 'Z') continue;
    if (kill(pid, SIGKILL) == 0) ++killed;
  }
  closedir(processes);
#endif
  return killed;
}

/// Ends what the command left running: its group, then what left the group, until no child is left.
int EndDescendants(pid_t child) {
  int left = 0;
  kill(-child, SIGKILL);
  for (;;) {
    int status = 0;
    const pid_t reaped = waitpid(-1, &status, WNOHANG);
    if (reaped < 0 && errno == ECHILD) return left;
    if (reaped > 0) {
      if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) ++left;
      continue;
    }
    KillChildren();
    const timespec moment{0, 2'000'000};
    nanosleep(&moment, nullptr);
  }
}

/// Starts the process that ends the command's group should this one be killed: it sees the pipe close that only this one holds open.
/// It gets the group's number through that pipe. Called before orphans come here, so that it is nobody's child.
int StartGuardian() {
  int life[2];
  if (pipe(life) != 0) return -1;
  fcntl(life[1], F_SETFD, FD_CLOEXEC);
  const pid_t between = fork();
  if (between != 0) {
    close(life[0]);
    if (between > 0) waitpid(between, nullptr, 0);
    return life[1];
  }
  close(life[1]);
  if (setsid() < 0 || fork() != 0) _exit(0);
  for (const int stream : {0, 1, 2}) close(stream);
  pid_t group = 0;
  char end = 0;
  if (read(life[0], &group, sizeof group) != sizeof group) _exit(0);
  // A byte: the run is over and what it left is gone. Its end without one: this guardian's task.
  if (read(life[0], &end, 1) != 1) kill(-group, SIGKILL);
  _exit(0);
}

[[noreturn]] void Become(const Request& request, int ready, int failure) {
  setpgid(0, 0);
#ifdef __linux__
  prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
  Pin(request.cpu);
  Limit(RLIMIT_CPU, request.cpu_seconds);
  Limit(RLIMIT_FSIZE, request.file_bytes);
  Limit(RLIMIT_AS, request.address_bytes);
  Limit(RLIMIT_CORE, 0);
  std::signal(SIGPIPE, SIG_DFL);
  char go = 0;
  if (read(ready, &go, 1) != 1) _exit(127);
  execvp(request.command[0], request.command);
  const int error = errno;
  if (write(failure, &error, sizeof error) != sizeof error) _exit(126);
  _exit(127);
}

void SetAlarm(double seconds) {
  struct sigaction action{};
  action.sa_handler = OnAlarm;
  sigaction(SIGALRM, &action, nullptr);
  if (seconds <= 0) return;
  itimerval timer{};
  timer.it_value.tv_sec = static_cast<time_t>(seconds);
  timer.it_value.tv_usec = static_cast<suseconds_t>((seconds - static_cast<double>(timer.it_value.tv_sec)) * 1e6);
  // Again and again, so that a signal between the check and the wait is not the last one.
  timer.it_interval.tv_usec = 50'000;
  setitimer(ITIMER_REAL, &timer, nullptr);
}

void WaitFor(pid_t child, Outcome& outcome) {
  for (;;) {
    const pid_t reaped = wait4(child, &outcome.status, 0, nullptr);
    if (reaped == child) return;
    if (alarm_rang != 0 && !outcome.timed_out) {
      outcome.timed_out = true;
      kill(-child, SIGKILL);
      kill(child, SIGKILL);
    }
  }
}

/// Starts the command and waits; the error number when it could not be started, else 0.
int Run(const Request& request, int guardian, Outcome& outcome) {
  int ready[2];
  int failure[2];
  if (pipe(ready) != 0 || pipe(failure) != 0) return errno;
  for (const int end : {ready[0], ready[1], failure[0], failure[1]}) fcntl(end, F_SETFD, FD_CLOEXEC);
  const long kills = OomKills();
  const pid_t child = fork();
  if (child < 0) return errno;
  if (child == 0) Become(request, ready[0], failure[1]);
  setpgid(child, child);
  if (guardian >= 0 && write(guardian, &child, sizeof child) != sizeof child) std::fprintf(stderr, "measure: nobody guards this run\n");
  close(failure[1]);
  const int counter = OpenInstructions(child);
  SetAlarm(request.seconds);
  const long long start = Now();
  int error = 0;
  if (write(ready[1], "g", 1) != 1) error = errno;
  WaitFor(child, outcome);
  outcome.wall = Now() - start;
  if (read(failure[0], &error, sizeof error) != sizeof error) error = 0;
  const itimerval none{};
  setitimer(ITIMER_REAL, &none, nullptr);
  outcome.left_running = EndDescendants(child);
  if (guardian >= 0 && write(guardian, "e", 1) != 1) std::fprintf(stderr, "measure: the guardian is gone\n");
  outcome.instructions = ReadInstructions(counter);
  getrusage(RUSAGE_CHILDREN, &outcome.usage);
  outcome.oom_kills = OomKills() - kills;
  return error;
}

long long Nanoseconds(const timeval& time) { return time.tv_sec * 1'000'000'000LL + time.tv_usec * 1'000LL; }

std::string Number(long long value) { return value < 0 ? "null" : std::to_string(value); }

std::string Json(const Outcome& outcome, int error) {
  if (error != 0) return std::string("{\"error\":\"") + std::strerror(error) + "\"}\n";
#ifdef __APPLE__
  const long long peak = outcome.usage.ru_maxrss / 1024;
#else
  const long long peak = outcome.usage.ru_maxrss;
#endif
  const int status = outcome.status;
  return std::string("{\"code\":") + (WIFEXITED(status) ? std::to_string(WEXITSTATUS(status)) : "null") +
         ",\"signal\":" + (WIFSIGNALED(status) ? std::to_string(WTERMSIG(status)) : "null") +
         ",\"timedOut\":" + (outcome.timed_out ? "true" : "false") + ",\"wallNs\":" + std::to_string(outcome.wall) +
         ",\"userNs\":" + std::to_string(Nanoseconds(outcome.usage.ru_utime)) +
         ",\"systemNs\":" + std::to_string(Nanoseconds(outcome.usage.ru_stime)) + ",\"peakKiB\":" + std::to_string(peak) +
         ",\"instructions\":" + Number(outcome.instructions) + ",\"leftRunning\":" + std::to_string(outcome.left_running) +
         ",\"oomKills\":" + std::to_string(outcome.oom_kills) + "}\n";
}

bool WriteWhole(const std::string& path, const std::string& text) {
  const std::string beside = path + ".new";
  std::FILE* file = std::fopen(beside.c_str(), "w");
  if (file == nullptr) return false;
  const bool written = std::fwrite(text.data(), 1, text.size(), file) == text.size();
  return (std::fclose(file) == 0) && written && std::rename(beside.c_str(), path.c_str()) == 0;
}

}  // namespace

int main(int count, char** arguments) {
  const Request request = Parse(count, arguments);
  std::signal(SIGPIPE, SIG_IGN);
  const int guardian = StartGuardian();
#ifdef __linux__
  prctl(PR_SET_CHILD_SUBREAPER, 1);
#endif
  Outcome outcome;
  const int error = Run(request, guardian, outcome);
  if (!WriteWhole(request.result, Json(outcome, error))) {
    std::fprintf(stderr, "measure: cannot write %s\n", request.result.c_str());
    return 2;
  }
  return error == 0 ? 0 : 127;
}
