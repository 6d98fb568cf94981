// Runs one command and writes what it cost: processor time, peak memory, instructions, how it ended, what it left running.
//
//   measure RESULT [cpu=N] [seconds=S] [cpu-seconds=S] [file-bytes=N] [address-bytes=N]
//           [memory-bytes=N] [disk-bytes=N] [disk-folder=PATH ...] [processes=N] -- COMMAND [ARGUMENT ...]
//
// RESULT becomes one JSON object, written whole before this ends. Exit status: 0 when the command was started, whatever became of
// it; 127 when it could not be (RESULT then holds "error"); 2 for wrong arguments.
// The command's descendants belong to it: what still runs when it has ended is counted, killed and waited for. On Linux those that
// left its process group are found too (this process adopts orphans: prctl(2), PR_SET_CHILD_SUBREAPER).
// Memory, disk and processes are those of all of them together, looked at every 50 ms (Linux); beyond a limit all are killed and
// "exceeded" names it.
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

#include "instructions.h"
#include "limits.h"
#include "processes.h"
#include "request.h"

#ifdef __linux__
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif

namespace {

using measure::Request;

/// What a run came to. Times in nanoseconds, memory in KiB; instructions -1 where the machine does not count them.
struct Outcome {
  int status = 0;
  bool timed_out = false;
  const char* exceeded = nullptr;
  long long wall = 0;
  long long instructions = -1;
  int left_running = 0;
  long oom_kills = 0;
  rusage usage = {};
};

/// It only ends a wait.
void OnAlarm(int) {}

long long Now() {
  timespec time{};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1'000'000'000LL + time.tv_nsec;
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

/// How often the kernel has killed for want of memory in this process's control groups (both versions); 0 where that is not told.
long OomKills() {
  return measure::FigureIn(measure::OwnGroup("memory") + "/memory.oom_control", "oom_kill") +
         measure::FigureIn(measure::OwnGroup("") + "/memory.events", "oom_kill");
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
    measure::KillDescendants();
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

[[noreturn]] void Become(const Request& request, bool limits_processes, int ready, int failure) {
  setpgid(0, 0);
#ifdef __linux__
  prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
  Pin(request.cpu);
  Limit(RLIMIT_CPU, request.cpu_seconds);
  Limit(RLIMIT_FSIZE, request.file_bytes);
  Limit(RLIMIT_AS, request.address_bytes);
  if (limits_processes) Limit(RLIMIT_NPROC, measure::TasksOfUser() + request.together.processes);
  Limit(RLIMIT_CORE, 0);
  std::signal(SIGPIPE, SIG_DFL);
  char go = 0;
  if (read(ready, &go, 1) != 1) _exit(127);
  execvp(request.command[0], request.command);
  const int error = errno;
  if (write(failure, &error, sizeof error) != sizeof error) _exit(126);
  _exit(127);
}

void SetAlarm(bool wanted) {
  struct sigaction action{};
  action.sa_handler = OnAlarm;
  sigaction(SIGALRM, &action, nullptr);
  if (!wanted) return;
  // Again and again, so that a signal between the check and the wait is not the last one.
  itimerval timer{};
  timer.it_value.tv_usec = 50'000;
  timer.it_interval.tv_usec = 50'000;
  setitimer(ITIMER_REAL, &timer, nullptr);
}

void End(pid_t child) {
  kill(-child, SIGKILL);
  kill(child, SIGKILL);
  measure::KillDescendants();
}

/// Waits for the command; orphans that came here and ended are buried on the way.
void WaitFor(pid_t child, const Request& request, measure::Watch& watch, long long start, Outcome& outcome) {
  for (;;) {
    int status = 0;
    const pid_t reaped = wait4(-1, &status, 0, nullptr);
    if (reaped == child) {
      outcome.status = status;
      if (outcome.exceeded == nullptr && !outcome.timed_out) outcome.exceeded = watch.ExceededAtEnd();
      return;
    }
    if (reaped > 0 || outcome.timed_out || outcome.exceeded != nullptr) continue;
    if (request.seconds > 0 && static_cast<double>(Now() - start) > request.seconds * 1e9) outcome.timed_out = true;
    else outcome.exceeded = watch.Exceeded();
    if (outcome.timed_out || outcome.exceeded != nullptr) End(child);
  }
}

/// Starts the command and waits; the error number when it could not be started, else 0.
int Run(const Request& request, int guardian, Outcome& outcome) {
  int ready[2];
  int failure[2];
  if (pipe(ready) != 0 || pipe(failure) != 0) return errno;
  for (const int end : {ready[0], ready[1], failure[0], failure[1]}) fcntl(end, F_SETFD, FD_CLOEXEC);
  const long kills = OomKills();
  measure::Watch watch(request.together);
  const pid_t child = fork();
  if (child < 0) return errno;
  if (child == 0) Become(request, watch.WantsProcessLimit(), ready[0], failure[1]);
  watch.Take(child);
  setpgid(child, child);
  if (guardian >= 0 && write(guardian, &child, sizeof child) != sizeof child) std::fprintf(stderr, "measure: nobody guards this run\n");
  close(failure[1]);
  const int counter = measure::OpenInstructions(child);
  SetAlarm(request.seconds > 0 || request.together.Any());
  const long long start = Now();
  int error = 0;
  if (write(ready[1], "g", 1) != 1) error = errno;
  WaitFor(child, request, watch, start, outcome);
  outcome.wall = Now() - start;
  if (read(failure[0], &error, sizeof error) != sizeof error) error = 0;
  const itimerval none{};
  setitimer(ITIMER_REAL, &none, nullptr);
  outcome.left_running = EndDescendants(child);
  if (guardian >= 0 && write(guardian, "e", 1) != 1) std::fprintf(stderr, "measure: the guardian is gone\n");
  outcome.instructions = measure::ReadInstructions(counter);
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
         ",\"timedOut\":" + (outcome.timed_out ? "true" : "false") +
         ",\"exceeded\":" + (outcome.exceeded == nullptr ? "null" : "\"" + std::string(outcome.exceeded) + "\"") + ",\"wallNs\":" + std::to_string(outcome.wall) +
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
  const Request request = measure::Parse(count, arguments);
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
