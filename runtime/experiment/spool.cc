// Events that wait on disk. A segment is written by one process; any process sends those whose writer is gone.
#include "unfork/experiment/spool.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace unfork {
inline namespace v1 {
namespace experiment {
namespace {

constexpr char kPrefix[] = "spool-";
/// `spool-` and 13 digits of time, a dash, 16 digits of the run, a dash, six of the number, `.ndjson`.
constexpr std::size_t kRunAt = 20;
constexpr std::size_t kRunDigits = 16;
constexpr std::size_t kNameSize = kRunAt + kRunDigits + 1 + 6 + 7;

}  // namespace

int CountLines(std::string_view text) noexcept { return static_cast<int>(std::count(text.begin(), text.end(), '\n')); }

Spool::Spool(std::string folder, std::string run, std::int64_t started_ms, SpoolLimits limits, TellFn tell)
    : folder_(std::move(folder)), run_(std::move(run)), limits_(limits), tell_(std::move(tell)) {
  char prefix[40];
  std::snprintf(prefix, sizeof prefix, "%s%013lld-", kPrefix, static_cast<long long>(started_ms));
  prefix_ = prefix + run_ + "-";
  ReadDropped();
}

/// Other processes of the folder count there, too.
void Spool::ReadDropped() {
  std::string text;
  if (ReadFile(PathOf("dropped"), text)) dropped_ = std::max(dropped_, std::strtol(text.c_str(), nullptr, 10));
}

bool Spool::OpenSegment() {
  char number[16];
  std::snprintf(number, sizeof number, "%06d", number_++ % 1000000);
  current_name_ = prefix_ + number + ".ndjson";
  current_ = OpenToAppend(PathOf(current_name_));
  current_bytes_ = 0;
  return current_.IsOpen() && SyncFolder(folder_);
}

void Spool::CloseSegment() {
  if (current_.IsOpen() && !current_.Sync()) tell_("events may not be on disk: " + PathOf(current_name_));
  current_.Close();
  current_name_.clear();
}

bool Spool::Add(std::string_view line) {
  // Another process that needed room may have dropped it.
  if (current_.IsOpen() && (current_bytes_ + line.size() > limits_.segment_bytes || !current_.HasName())) CloseSegment();
  if (!current_.IsOpen()) MakeRoom();
  if ((current_.IsOpen() || OpenSegment()) && current_.Append(line)) {
    current_bytes_ += line.size();
    return !limits_.sync_events || current_.Sync();
  }
  CloseSegment();
  Drop(1);
  return false;
}

bool Spool::Sync() { return !current_.IsOpen() || current_.Sync(); }

std::vector<Spool::Segment> Spool::Segments() const {
  std::vector<Segment> segments;
  for (const std::string& name : ListFolder(folder_)) {
    if (name.size() == kNameSize && name.compare(0, 6, kPrefix) == 0) segments.push_back({name, name.substr(kRunAt, kRunDigits)});
  }
  return segments;
}

/// Before a new segment: the oldest go until one more fits.
void Spool::MakeRoom() {
  std::vector<Segment> segments = Segments();
  std::uint64_t total = limits_.segment_bytes;
  for (const Segment& one : segments) total += SizeOf(PathOf(one.name));
  for (const Segment& one : segments) {
    if (total <= limits_.total_bytes) return;
    std::string text;
    if (!ReadFile(PathOf(one.name), text) || !RemoveFile(PathOf(one.name))) continue;
    total -= std::min<std::uint64_t>(total, text.size());
    Drop(CountLines(text));
  }
}

void Spool::Drop(long events) {
  ReadDropped();
  dropped_ += events;
  WriteFileAtomic(PathOf("dropped"), std::to_string(dropped_) + "\n");
}

bool Spool::BeginFlush(const std::function<bool(const std::string& run)>& is_alive, std::int64_t now_ms, Flush& flush) {
  // A clock that was set back does not stop the sending for longer than a day.
  if (now_ms < not_before_ms_ && not_before_ms_ - now_ms <= 86400000) return false;
  flush.lock = OpenToAppend(PathOf("send.lock"));
  if (!flush.lock.IsOpen() || !flush.lock.TryLock()) return false;
  CloseSegment();
  for (const Segment& one : Segments()) {
    if (one.run == run_ || !is_alive(one.run)) flush.names.push_back(one.name);
  }
  return true;
}

EventBatch Spool::ReadBatch(const std::string& name) const {
  EventBatch batch;
  if (!ReadFile(PathOf(name), batch.body)) batch.body.clear();
  const std::size_t end = batch.body.rfind('\n');
  batch.body.resize(end == std::string::npos ? 0 : end + 1);
  batch.events = CountLines(batch.body);
  batch.dropped = dropped_;
  return batch;
}

bool Spool::EndBatch(const std::string& name, const EventBatch& batch, const SendResult& sent, std::int64_t now_ms) {
  if (sent.status == SendResult::Status::kRetry) {
    not_before_ms_ = now_ms + std::int64_t{sent.retry_after_seconds} * 1000;
    return false;
  }
  if (sent.status == SendResult::Status::kRefused) {
    tell_("the server refuses " + std::to_string(batch.events) + " events: they are dropped");
    Drop(batch.events);
  }
  RemoveFile(PathOf(name));
  return true;
}

}  // namespace experiment
}  // namespace v1
}  // namespace unfork
