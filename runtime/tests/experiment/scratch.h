// Owns scratch folders of the tests, and processes that end as a test wants.
#ifndef UNFORK_TESTS_EXPERIMENT_SCRATCH_H_
#define UNFORK_TESTS_EXPERIMENT_SCRATCH_H_

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <string>
#include <vector>

#include "../check.h"
#include "unfork/experiment/files.h"

/// A new empty folder below the working directory, which the tests' runner removes.
inline std::string ScratchFolder() {
  const std::string folder = "scratch-" + unfork::experiment::RandomHex(6);
  if (!unfork::experiment::MakeFolder(folder)) std::abort();
  return folder;
}

/// Ends a child as a kill from outside does, without destructors; one whose checks failed ends otherwise.
inline void KillSelf() {
  if (failed_checks == 0) kill(getpid(), SIGKILL);
  _exit(1);
}

/// Runs the body in a child, which is killed behind it at the latest.
template <class Body>
void RunKilled(Body body) {
  std::fflush(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    body();
    KillSelf();
  }
  int status = 0;
  waitpid(child, &status, 0);
  CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

inline int FilesLike(const std::string& folder, const std::string& prefix) {
  int count = 0;
  for (const std::string& name : unfork::experiment::ListFolder(folder)) count += name.compare(0, prefix.size(), prefix) == 0 ? 1 : 0;
  return count;
}

#endif  // UNFORK_TESTS_EXPERIMENT_SCRATCH_H_
