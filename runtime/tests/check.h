// Owns the checks of the runtime's test programs: a condition, and a death with a message.
#ifndef UNFORK_TESTS_CHECK_H_
#define UNFORK_TESTS_CHECK_H_

#include <cstdio>
#include <string>

#if defined(__unix__) || defined(__APPLE__)
#define UNFORK_TESTS_DEATHS 1
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#endif

inline int failed_checks = 0;

inline void Report(bool good, const char* what, const char* file, int line) {
  if (good) return;
  ++failed_checks;
  std::fprintf(stderr, "%s:%d: failed: %s\n", file, line, what);
}

inline bool Contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

#define CHECK(condition) Report(static_cast<bool>(condition), #condition, __FILE__, __LINE__)

#if defined(UNFORK_TESTS_DEATHS)
/// What a child wrote to its error stream before it aborted, or how it ended otherwise.
template <class Body>
std::string DeathOf(Body body) {
  std::fflush(nullptr);
  int ends[2];
  if (pipe(ends) != 0) std::abort();
  const pid_t child = fork();
  if (child == 0) {
    dup2(ends[1], 2);
    close(ends[0]);
    close(ends[1]);
    body();
    _exit(0);
  }
  close(ends[1]);
  std::string text;
  char piece[4096];
  for (ssize_t count = read(ends[0], piece, sizeof piece); count > 0; count = read(ends[0], piece, sizeof piece)) {
    text.append(piece, static_cast<std::size_t>(count));
  }
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT ? text : "did not abort: " + text;
}

inline void ReportDeath(const std::string& text, const std::string& part, const char* file, int line) {
  const bool good = text.compare(0, 8, "unfork: ") == 0 && Contains(text, part);
  if (!good) std::fprintf(stderr, "wanted: %s\nseen: %s\n", part.c_str(), text.c_str());
  Report(good, "a death with its message", file, line);
}
#define CHECK_DIES(message, ...) ReportDeath(DeathOf([&] { __VA_ARGS__; }), message, __FILE__, __LINE__)
#else
// Compiled, and not run.
#define CHECK_DIES(message, ...) static_cast<void>([&] { __VA_ARGS__; })
#endif

inline int Finish(const char* name) {
  std::printf("%s: %s\n", name, failed_checks == 0 ? "passed" : "FAILED");
  return failed_checks == 0 ? 0 : 1;
}

#endif  // UNFORK_TESTS_CHECK_H_
