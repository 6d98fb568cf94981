// Owns events that wait on disk: segments of lines, one batch each, the oldest dropped when they take too much.
#ifndef UNFORK_EXPERIMENT_SPOOL_H_
#define UNFORK_EXPERIMENT_SPOOL_H_

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "unfork/experiment/files.h"
#include "unfork/experiment/seed_store.h"
#include "unfork/experiment/transport.h"

namespace unfork {
inline namespace v1 {
namespace experiment {

struct SpoolLimits {
  /// Of one segment, which is one batch.
  std::uint64_t segment_bytes = 65536;
  /// Of all; beyond it the oldest are dropped and counted.
  std::uint64_t total_bytes = 4194304;
  /// Whether each event is on the disk itself when it is added. Else a segment is when it is full: a crash of the process loses nothing, one of
  /// the machine what the system had not written yet.
  bool sync_events = false;
};

/// Segments `spool-TIME-RUN-NUMBER.ndjson` of one process beside those of others. Not safe for threads.
class Spool {
 public:
  Spool(std::string folder, std::string run, std::int64_t started_ms, SpoolLimits limits, TellFn tell);

  /// A whole line. False where the disk did not take it: it is counted as dropped.
  bool Add(std::string_view line);
  /// What was added is on disk when this returns.
  bool Sync();

  /// Segments to send, oldest first, and the right to send them, which one process has at a time.
  struct Flush {
    File lock;
    std::vector<std::string> names;
  };
  /// Closes the current segment. False where it is not the time, or another process sends. Segments that `is_alive` says another process still
  /// writes to are left out; it is asked when all segments have been listed.
  bool BeginFlush(const std::function<bool(const std::string& run)>& is_alive, std::int64_t now_ms, Flush& flush);
  /// A segment's whole lines; what a crash cut off behind them was never promised. Its `body` is empty where there is nothing to send.
  EventBatch ReadBatch(const std::string& name) const;
  /// Removes what was acknowledged or refused. False where it has to wait, the segments behind it, too.
  bool EndBatch(const std::string& name, const EventBatch& batch, const SendResult& sent, std::int64_t now_ms);

  long dropped() const noexcept { return dropped_; }

 private:
  struct Segment {
    std::string name;
    std::string run;
  };

  bool OpenSegment();
  void CloseSegment();
  void MakeRoom();
  void Drop(long events);
  void ReadDropped();
  std::vector<Segment> Segments() const;
  std::string PathOf(const std::string& name) const { return folder_ + "/" + name; }

  std::string folder_;
  std::string run_;
  std::string prefix_;
  SpoolLimits limits_;
  TellFn tell_;
  File current_;
  std::string current_name_;
  std::uint64_t current_bytes_ = 0;
  int number_ = 0;
  long dropped_ = 0;
  std::int64_t not_before_ms_ = 0;
};

/// Whole lines in a text; a last one without its line feed is none.
int CountLines(std::string_view text) noexcept;

}  // namespace experiment
}  // namespace v1
}  // namespace unfork

#endif  // UNFORK_EXPERIMENT_SPOOL_H_
