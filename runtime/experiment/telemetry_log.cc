// The log of a process: a file `run-TIME-RUN.ndjson` that it holds a lock on. Whoever finds one that nobody holds, and that has no end mark, tells of a
// crash. Ids of events are made of the run: told twice, they are the same.
#include "unfork/experiment/telemetry_log.h"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <map>

#include "unfork/experiment/json.h"

namespace unfork {
inline namespace v1 {
namespace experiment {

/// What the lines of a run come to.
struct TelemetryLog::RunStory {
  struct Assigned {
    std::int64_t time_ms = 0;
    Pair pair = Pair::kUnknown;
  };
  /// By their texts of fields; the time is that of the first line, the pair that of the last.
  std::map<std::string, Assigned> assigned;
  std::string signal;
  std::string mark;
  bool was_running = false;
  std::int64_t last_ms = 0;
};

namespace {

/// Exposures that are not told a second time.
constexpr std::size_t kRememberedAtMost = 100000;

constexpr char kPrefix[] = "run-";
constexpr std::size_t kRunAt = 18;
constexpr std::size_t kRunDigits = 16;

bool IsRunFile(const std::string& name) { return name.size() == kRunAt + kRunDigits + 7 && name.compare(0, 4, kPrefix) == 0; }

std::string RunOf(const std::string& name) { return name.substr(kRunAt, kRunDigits); }

struct SignalName {
  int number;
  const char* line;
};

/// As lines of the log: a handler may only write what is there already.
constexpr SignalName kSignals[] = {
    {SIGSEGV, "{\"signal\":\"SIGSEGV\"}\n"}, {SIGABRT, "{\"signal\":\"SIGABRT\"}\n"}, {SIGBUS, "{\"signal\":\"SIGBUS\"}\n"},
    {SIGILL, "{\"signal\":\"SIGILL\"}\n"},   {SIGFPE, "{\"signal\":\"SIGFPE\"}\n"},   {SIGTRAP, "{\"signal\":\"SIGTRAP\"}\n"},
    {SIGSYS, "{\"signal\":\"SIGSYS\"}\n"},
};
constexpr char kOtherSignal[] = "{\"signal\":\"other\"}\n";

const std::string* TextIn(const Json& value, std::string_view key) {
  const Json* found = value.Find(key);
  return found != nullptr && found->Is(Json::Kind::kText) ? &found->text : nullptr;
}

/// Servers take no value beyond.
constexpr double kMostValue = 1e30;

bool AppendAmount(std::string& out, double value) { return std::fabs(value) <= kMostValue && AppendJsonNumber(out, value); }

Pair PairOf(const std::string* name) {
  if (name == nullptr) return Pair::kUnknown;
  return *name == "same" ? Pair::kSame : Pair::kMixed;
}

}  // namespace

/// Lines that cannot be read are left out; the last one may be a half.
TelemetryLog::RunStory TelemetryLog::ReadStory(std::string_view text) {
  RunStory story;
  for (std::size_t end = 0; (end = text.find('\n')) != std::string_view::npos; text.remove_prefix(end + 1)) {
    Json line;
    if (!ParseStrictJson(text.substr(0, end), line)) continue;
    const Json* time = line.Find("time");
    if (time != nullptr) story.last_ms = time->number;
    if (const std::string* fields = TextIn(line, "assigned")) {
      const auto found = story.assigned.emplace(*fields, RunStory::Assigned{story.last_ms, Pair::kUnknown}).first;
      found->second.pair = PairOf(TextIn(line, "pair"));
    }
    if (const std::string* fields = TextIn(line, "ended")) story.assigned.erase(*fields);
    if (const std::string* signal = TextIn(line, "signal")) story.signal = *signal;
    if (const std::string* mark = TextIn(line, "mark")) story.mark = *mark;
    story.was_running = story.was_running || story.mark == "running";
  }
  return story;
}

TelemetryLog::TelemetryLog(TelemetryOptions options) : options_(std::move(options)), run_(RandomHex(8)) {}

TelemetryLog::~TelemetryLog() { End(); }

std::unique_ptr<TelemetryLog> TelemetryLog::Open(TelemetryOptions options) {
  std::unique_ptr<TelemetryLog> log(new TelemetryLog(std::move(options)));
  if (!log->Begin()) {
    log->Tell("nothing is logged: " + log->options_.folder + " cannot be written");
    log->ended_ = true;
    return nullptr;
  }
  log->Recover();
  return log;
}

/// The file has its lock before it has its name: nobody takes a run that begins for one that has ended.
bool TelemetryLog::Begin() {
  const std::int64_t now = Now();
  if (options_.folder.empty()) options_.folder = ".";
  spool_ = std::make_unique<Spool>(options_.folder, run_, now, options_.limits, [this](const std::string& message) { Tell(message); });
  if (!MakeFolder(options_.folder)) return false;
  char prefix[40];
  std::snprintf(prefix, sizeof prefix, "/%s%013lld-", kPrefix, static_cast<long long>(now));
  run_path_ = options_.folder + prefix + run_ + ".ndjson";
  const std::string unnamed = run_path_ + ".tmp";
  run_file_ = CreateNew(unnamed);
  const std::string first = "{\"run\":\"" + run_ + "\",\"time\":" + std::to_string(now) + "}\n";
  if (!run_file_.IsOpen()) return false;
  if (run_file_.TryLock() && run_file_.Write(first) && std::rename(unnamed.c_str(), run_path_.c_str()) == 0) return SyncFolder(options_.folder);
  RemoveFile(unnamed);
  return false;
}

void TelemetryLog::Recover() {
  RemoveLeftovers(options_.folder);
  for (const std::string& name : ListFolder(options_.folder)) {
    if (IsRunFile(name) && RunOf(name) != run_) RecoverRun(name);
  }
}

void TelemetryLog::RecoverRun(const std::string& name) {
  const std::string path = options_.folder + "/" + name;
  File file = OpenToRead(path);
  // Its process lives, or another one looks after it.
  if (!file.IsOpen() || !file.TryLock() || !file.HasName()) return;
  std::string text;
  if (!ReadFile(path, text)) return;
  const RunStory story = ReadStory(text);
  const bool ended = story.mark == "end" || (story.mark == "paused" && story.signal.empty());
  if (!ended && !TellCrash(RunOf(name), story)) return;
  RemoveFile(path);
}

/// The exposure, too: units without one do not count, and the run may have ended before its first use. Told twice, it is one.
bool TelemetryLog::TellCrash(const std::string& run, const RunStory& story) {
  std::string more = story.was_running ? ",\"stage\":\"running\"" : ",\"stage\":\"startup\"";
  if (!story.signal.empty() && story.signal != "other") more += ",\"signal\":\"" + story.signal + "\"";
  int index = 0;
  for (const auto& [text, assigned] : story.assigned) {
    const std::string number = std::to_string(index++);
    const std::string fields = text + PairText(assigned.pair);
    if (!spool_->Add(EventLine(run + "-exposure-" + number, assigned.time_ms, "exposure", fields, ""))) return false;
    if (!spool_->Add(EventLine(run + "-crash-" + number, story.last_ms, "crash", fields, more))) return false;
  }
  return spool_->Sync();
}

bool TelemetryLog::LogAssignment(const EventFields& fields) {
  const std::string text = FieldsText(fields);
  const std::lock_guard<std::mutex> guard(mutex_);
  if (ended_) return false;
  if (assigned_.count(text) != 0) return LogPair(text, fields.pair);
  if (!AddToRun("assigned", text, fields.pair)) {
    Tell("an assignment cannot be logged: " + run_path_);
    return false;
  }
  assigned_.emplace(text, fields.pair);
  return true;
}

/// Of an assignment that is logged already: a crash is then told with the pair that its exposure has.
bool TelemetryLog::LogPair(const std::string& text, Pair pair) {
  const auto assigned = assigned_.find(text);
  if (pair == Pair::kUnknown || assigned == assigned_.end() || assigned->second == pair) return true;
  if (!AddToRun("assigned", text, pair)) return false;
  assigned->second = pair;
  return true;
}

bool TelemetryLog::EndUnit(const EventFields& fields) {
  const std::string text = FieldsText(fields);
  const std::lock_guard<std::mutex> guard(mutex_);
  if (ended_ || assigned_.erase(text) == 0) return false;
  exposed_.erase(text);
  const bool added = AddToRun("ended", text);
  return spool_->Add(EventLine(NextId("e"), Now(), "end", text + PairText(fields.pair), "")) && added;
}

bool TelemetryLog::AddToRun(const char* key, std::string_view text, Pair pair) {
  std::string line = "{\"time\":" + std::to_string(Now()) + ",\"" + key + "\":";
  AppendJsonText(line, text);
  line += PairText(pair);
  return run_file_.Append(line + "}\n") && (!options_.sync_assignments || run_file_.Sync());
}

bool TelemetryLog::Exposure(const EventFields& fields) {
  const std::string text = FieldsText(fields);
  const std::lock_guard<std::mutex> guard(mutex_);
  if (ended_) return false;
  if (exposed_.size() >= kRememberedAtMost) exposed_.clear();
  if (!exposed_.insert(text).second) return true;
  const bool logged = LogPair(text, fields.pair);
  return spool_->Add(EventLine(NextId("x"), Now(), "exposure", text + PairText(fields.pair), "")) && logged;
}

bool TelemetryLog::Metric(const EventFields& fields, std::string_view metric, double value, const double* denominator) {
  return AddMetric(fields, metric, value, denominator, "");
}

bool TelemetryLog::MetricBefore(const EventFields& fields, std::string_view metric, double value, const double* denominator) {
  return AddMetric(fields, metric, value, denominator, ",\"period\":\"before\"");
}

bool TelemetryLog::AddMetric(const EventFields& fields, std::string_view metric, double value, const double* denominator, const char* period) {
  std::string more = ",\"metric\":";
  AppendJsonText(more, metric);
  more += ",\"value\":";
  if (!AppendAmount(more, value)) return false;
  if (denominator != nullptr) {
    more += ",\"denominator\":";
    if (!AppendAmount(more, *denominator)) return false;
  }
  more += period;
  const std::string text = FieldsText(fields) + PairText(fields.pair);
  const std::lock_guard<std::mutex> guard(mutex_);
  return !ended_ && spool_->Add(EventLine(NextId("m"), Now(), "metric", text, more));
}

void TelemetryLog::MarkRunning() {
  const std::lock_guard<std::mutex> guard(mutex_);
  if (!ended_) AddToRun("mark", "running");
}

void TelemetryLog::MarkPaused() {
  const std::lock_guard<std::mutex> guard(mutex_);
  if (ended_) return;
  AddToRun("mark", "paused");
  spool_->Sync();
}

void TelemetryLog::End() {
  const std::lock_guard<std::mutex> guard(mutex_);
  if (ended_) return;
  ended_ = true;
  AddToRun("mark", "end");
  for (const auto& [text, pair] : assigned_) spool_->Add(EventLine(NextId("e"), Now(), "end", text + PairText(pair), ""));
  if (spool_->Sync()) RemoveFile(run_path_);
  run_file_.Close();
}

void TelemetryLog::NoteSignal(int signal) noexcept {
  const char* line = kOtherSignal;
  for (const SignalName& one : kSignals) {
    if (one.number == signal) line = one.line;
  }
  if (run_file_.IsOpen()) static_cast<void>(!write(run_file_.descriptor(), line, std::strlen(line)));
}

/// The lock is not held while the application sends: others may add events meanwhile.
bool TelemetryLog::Flush(SendEvents& transport) {
  // Listed behind the segments: a process that begins meanwhile has its run file before it has a segment.
  std::vector<std::string> names;
  const auto is_alive = [&](const std::string& run) {
    if (names.empty()) names = ListFolder(options_.folder);
    return std::any_of(names.begin(), names.end(), [&](const std::string& name) { return IsRunFile(name) && RunOf(name) == run; });
  };
  Spool::Flush flush;
  std::unique_lock<std::mutex> guard(mutex_);
  if (!spool_->BeginFlush(is_alive, Now(), flush)) return false;
  for (const std::string& name : flush.names) {
    const EventBatch batch = spool_->ReadBatch(name);
    guard.unlock();
    const SendResult sent = batch.events == 0 ? SendResult{SendResult::Status::kAccepted, 0} : transport.Send(batch);
    guard.lock();
    if (!spool_->EndBatch(name, batch, sent, Now())) return false;
  }
  return true;
}

long TelemetryLog::dropped() const {
  const std::lock_guard<std::mutex> guard(mutex_);
  return spool_->dropped();
}

std::string TelemetryLog::NextId(std::string_view kind) { return run_ + "-" + std::string(kind) + std::to_string(next_id_++); }

void TelemetryLog::Tell(const std::string& message) const {
  if (options_.on_message) return options_.on_message(message);
  std::fprintf(stderr, "unfork: %s\n", message.c_str());
}

std::int64_t TelemetryLog::Now() const { return options_.now_ms ? options_.now_ms() : WallClockMs(); }

}  // namespace experiment
}  // namespace v1
}  // namespace unfork
