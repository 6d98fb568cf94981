// Owns what a process tells of its assignments, on disk first: assignments before the library is used, events until they are acknowledged,
// crashes of processes that left no end mark.
#ifndef UNFORK_EXPERIMENT_TELEMETRY_LOG_H_
#define UNFORK_EXPERIMENT_TELEMETRY_LOG_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "unfork/experiment/events.h"
#include "unfork/experiment/files.h"
#include "unfork/experiment/seed_store.h"
#include "unfork/experiment/spool.h"
#include "unfork/experiment/transport.h"

namespace unfork {
inline namespace v1 {
namespace experiment {

struct TelemetryOptions {
  /// The application's own, readable by nobody else; that of the client will do. "" is the working folder.
  std::string folder;
  /// Whether an assignment is on the disk itself, not with the system alone, when `LogAssignment` returns: it then survives the machine's end, too.
  bool sync_assignments = true;
  SpoolLimits limits;
  /// The error stream where it is empty. Does not call the log.
  TellFn on_message;
  std::function<std::int64_t()> now_ms;
};

/// One per process and folder; several processes may share a folder. All members but `Open` may be called from any thread.
class TelemetryLog {
 public:
  /// Looks for runs that left no end mark, and makes their crash events. Null where the folder cannot be written; `on_message` is told why.
  static std::unique_ptr<TelemetryLog> Open(TelemetryOptions options);
  /// Marks the end, unless it is marked already.
  ~TelemetryLog();
  TelemetryLog(const TelemetryLog&) = delete;
  TelemetryLog& operator=(const TelemetryLog&) = delete;

  /// Before the first use of the library: if the process ends without a mark, the next one tells of a crash. False where the disk did not
  /// take it; the process may go on, unseen.
  bool LogAssignment(const EventFields& fields);

  /// A call or another unit is over, while the process goes on: an `end` event, and no crash of it later.
  bool EndUnit(const EventFields& fields);

  /// The library was used under this assignment; told once per assignment. A pair that is known only now is logged for a crash, too.
  bool Exposure(const EventFields& fields);
  /// False for values that no server takes: not finite, or beyond 1e30. `denominator`: of ratios, or null.
  bool Metric(const EventFields& fields, std::string_view metric, double value, const double* denominator = nullptr);
  /// What the unit measured before its first exposure: the covariate of metrics with `cuped`, and nothing else. It may be told at any time.
  bool MetricBefore(const EventFields& fields, std::string_view metric, double value, const double* denominator = nullptr);

  /// The program is up: a crash before counts as one at start-up.
  void MarkRunning();
  /// The system may now end the process at any time, as it does with applications in the background: that is no crash.
  void MarkPaused();
  /// A clean end: an `end` event per assignment. Assignments of this process are over.
  void End();
  /// In a signal's handler, before the process ends: which signal it is. Takes no lock and no memory.
  void NoteSignal(int signal) noexcept;

  /// Sends what is spooled, oldest first, until all is acknowledged or the receiver wants a pause. False where something is left.
  bool Flush(SendEvents& transport);

  /// Dropped so far on this installation, for want of space.
  long dropped() const;
  const std::string& run() const noexcept { return run_; }

 private:
  struct RunStory;

  explicit TelemetryLog(TelemetryOptions options);

  bool Begin();
  void Recover();
  void RecoverRun(const std::string& name);
  static RunStory ReadStory(std::string_view text);
  bool TellCrash(const std::string& run, const RunStory& story);
  bool AddMetric(const EventFields& fields, std::string_view metric, double value, const double* denominator, const char* period);
  bool LogPair(const std::string& text, Pair pair);
  bool AddToRun(const char* key, std::string_view text, Pair pair = Pair::kUnknown);
  void Tell(const std::string& message) const;
  std::int64_t Now() const;
  std::string NextId(std::string_view kind);

  TelemetryOptions options_;
  std::string run_;
  std::string run_path_;
  File run_file_;
  mutable std::mutex mutex_;
  std::unique_ptr<Spool> spool_;
  /// By their text.
  std::map<std::string, Pair> assigned_;
  std::set<std::string> exposed_;
  std::int64_t next_id_ = 0;
  bool ended_ = false;
};

}  // namespace experiment
}  // namespace v1
}  // namespace unfork

#endif  // UNFORK_EXPERIMENT_TELEMETRY_LOG_H_
