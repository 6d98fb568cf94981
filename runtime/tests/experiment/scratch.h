// Owns scratch folders of the tests, and processes that end as a test wants.
#ifndef UNFORK_TESTS_EXPERIMENT_SCRATCH_H_
#define UNFORK_TESTS_EXPERIMENT_SCRATCH_H_

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <string>
#include <vector>

#include "unfork/experiment/files.h"

/// A new empty folder below the working directory, which the tests' runner removes.
inline std::string ScratchFolder() {
  const std::string folder = "scratch-" + unfork::experiment::RandomHex(6);
  if (!unfork::experiment::MakeFolder(folder)) std::abort();
  return folder;
}

/// Runs the body in a child, which is killed behind it: it marks no end and runs no destructors. Sanitizers do not look at its leaks.
template <class Body>
void RunKilled(Body body) {
  std::fflush(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    body();
    kill(getpid(), SIGKILL);
    _exit(1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  if (!WIFSIGNALED(status)) std::fprintf(stderr, "the child was not killed\n");
}

inline int FilesLike(const std::string& folder, const std::string& prefix) {
  int count = 0;
  for (const std::string& name : unfork::experiment::ListFolder(folder)) count += name.compare(0, prefix.size(), prefix) == 0 ? 1 : 0;
  return count;
}

#endif  // UNFORK_TESTS_EXPERIMENT_SCRATCH_H_
