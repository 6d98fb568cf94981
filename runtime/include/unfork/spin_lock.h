// Owns a lock for a few instructions: made at compile time and never destroyed, so that it works before `main` and after it.
#ifndef UNFORK_SPIN_LOCK_H_
#define UNFORK_SPIN_LOCK_H_

#include <atomic>
#include <chrono>
#include <thread>

#include "unfork/compiler.h"

namespace unfork {
inline namespace v1 {

/// What it guards is short and calls nobody. `std::mutex` is no constant everywhere, and is destroyed while threads may still call.
class SpinLock {
 public:
  constexpr SpinLock() noexcept = default;
  SpinLock(const SpinLock&) = delete;
  SpinLock& operator=(const SpinLock&) = delete;

  void lock() noexcept {
    while (held_.exchange(true, std::memory_order_acquire)) Wait();
  }
  void unlock() noexcept { held_.store(false, std::memory_order_release); }

 private:
  /// Sleeps after a while: a thread of high priority must let the holder run.
  UNFORK_COLD void Wait() noexcept {
    for (int round = 0; held_.load(std::memory_order_relaxed); ++round) {
      if (round < 64) {
        std::this_thread::yield();
      } else {
        std::this_thread::sleep_for(std::chrono::microseconds(50));
      }
    }
  }

  std::atomic<bool> held_{false};
};

/// Holds a lock as long as it lives.
class SpinGuard {
 public:
  explicit SpinGuard(SpinLock& lock) noexcept : lock_(lock) { lock_.lock(); }
  ~SpinGuard() { lock_.unlock(); }
  SpinGuard(const SpinGuard&) = delete;
  SpinGuard& operator=(const SpinGuard&) = delete;

 private:
  SpinLock& lock_;
};

}  // namespace v1
}  // namespace unfork

#endif  // UNFORK_SPIN_LOCK_H_
