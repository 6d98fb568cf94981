// Nothing of a process is lost that it was told is on disk: assignments, crashes, events that wait for a server.
#include "unfork/experiment/telemetry_log.h"

#include <sys/resource.h>

#include <cmath>
#include <map>
#include <thread>

#include "../check.h"
#include "scratch.h"
#include "unfork/experiment/json.h"

namespace ue = unfork::experiment;

namespace {

ue::EventFields FieldsFor(const std::string& use_case, const std::string& unit = "00112233445566778899aabbccddeeff") {
  return ue::EventFields{use_case + "-m150", use_case, 3, ue::Arm::kTreatment, unit, ue::Flavor::kLatest, 8};
}

std::unique_ptr<ue::TelemetryLog> OpenLog(const std::string& folder, ue::SpoolLimits limits = {}) {
  ue::TelemetryOptions options;
  options.folder = folder;
  options.limits = limits;
  return ue::TelemetryLog::Open(options);
}

/// Takes batches, or not, and knows each event by its id.
class Server final : public ue::SendEvents {
 public:
  ue::SendResult answer{ue::SendResult::Status::kAccepted, 0};
  std::map<std::string, std::string> events;
  int batches = 0;
  int repeated = 0;
  long dropped = 0;

  ue::SendResult Send(const ue::EventBatch& batch) override {
    ++batches;
    if (answer.status != ue::SendResult::Status::kAccepted) return answer;
    dropped = batch.dropped;
    int lines = 0;
    std::string_view text = batch.body;
    for (std::size_t end = 0; (end = text.find('\n')) != std::string_view::npos; text.remove_prefix(end + 1), ++lines) Take(text.substr(0, end));
    CHECK(text.empty() && lines == batch.events);
    return answer;
  }

  int OfType(const std::string& type) const {
    int count = 0;
    for (const auto& one : events) count += Contains(one.second, "\"type\":\"" + type + "\"") ? 1 : 0;
    return count;
  }

  bool HasSeen(const std::string& part) const {
    for (const auto& one : events) {
      if (Contains(one.second, part)) return true;
    }
    return false;
  }

 private:
  void Take(std::string_view line) {
    // Metrics have fractions, which the strict reader of seeds does not take.
    const std::size_t id = line.find("{\"id\":\"");
    CHECK(id == 0);
    const std::string name(line.substr(7, line.find('"', 7) - 7));
    CHECK(name.size() >= 8 && name.size() <= 64);
    if (!events.emplace(name, std::string(line)).second) ++repeated;
  }
};

Server SentFrom(const std::string& folder) {
  Server server;
  CHECK(OpenLog(folder)->Flush(server));
  return server;
}

void AnEndMarkedIsNoCrash() {
  const std::string folder = ScratchFolder();
  RunKilled([&] {
    const auto log = OpenLog(folder);
    log->LogAssignment(FieldsFor("laptop-call"));
    log->Exposure(FieldsFor("laptop-call"));
    log->Exposure(FieldsFor("laptop-call"));
    log->MarkRunning();
    log->End();
  });
  const Server server = SentFrom(folder);
  CHECK(server.OfType("end") == 1);
  CHECK(server.OfType("exposure") == 1);
  CHECK(server.OfType("crash") == 0);
  CHECK(FilesLike(folder, "run-") == 0);
  CHECK(FilesLike(folder, "spool-") == 0);
}

void AProcessKilledBetweenAssignmentAndFirstUseIsACrashAtStartUp() {
  const std::string folder = ScratchFolder();
  RunKilled([&] {
    const auto log = OpenLog(folder);
    CHECK(log->LogAssignment(FieldsFor("laptop-call")));
    CHECK(log->LogAssignment(FieldsFor("music")));
    log.get()->MarkPaused();
    log->LogAssignment(FieldsFor("laptop-call"));
    KillSelf();
  });
  CHECK(SentFrom(folder).events.empty());
  RunKilled([&] {
    const auto log = OpenLog(folder);
    log->LogAssignment(FieldsFor("laptop-call"));
    log->LogAssignment(FieldsFor("music"));
    KillSelf();
  });
  const Server server = SentFrom(folder);
  CHECK(server.OfType("crash") == 2 && server.OfType("exposure") == 2);
  CHECK(server.HasSeen("\"useCase\":\"music\",\"phase\":3,\"arm\":\"treatment\",\"unit\":\"00112233445566778899aabbccddeeff\",\"flavor\":\"latest\",\"seed\":8,\"stage\":\"startup\""));
}

void AProcessWithoutAnAssignmentTellsNothing() {
  const std::string folder = ScratchFolder();
  RunKilled([&] {
    const auto log = OpenLog(folder);
    KillSelf();
  });
  CHECK(SentFrom(folder).events.empty());
}

void ACrashWhileRunningTellsItsSignal() {
  const std::string folder = ScratchFolder();
  RunKilled([&] {
    const auto log = OpenLog(folder);
    log->LogAssignment(FieldsFor("laptop-call"));
    log->MarkRunning();
    log->NoteSignal(SIGSEGV);
    KillSelf();
  });
  CHECK(SentFrom(folder).HasSeen("\"stage\":\"running\",\"signal\":\"SIGSEGV\""));
}

void AUnitThatIsOverDoesNotCrashLater() {
  const std::string folder = ScratchFolder();
  RunKilled([&] {
    const auto log = OpenLog(folder);
    log->LogAssignment(FieldsFor("a", std::string(32, '1')));
    log->LogAssignment(FieldsFor("a", std::string(32, '2')));
    CHECK(log->EndUnit(FieldsFor("a", std::string(32, '1'))));
    KillSelf();
  });
  const Server server = SentFrom(folder);
  CHECK(server.OfType("crash") == 1);
  CHECK(server.OfType("end") == 1);
}

void ACrashIsToldWithOneIdHoweverOften() {
  const std::string folder = ScratchFolder();
  RunKilled([&] {
    const auto log = OpenLog(folder);
    log->LogAssignment(FieldsFor("laptop-call"));
    KillSelf();
  });
  // The next process is killed as it begins to tell: the one behind it tells again.
  std::string run;
  for (const std::string& name : ue::ListFolder(folder)) run = name.compare(0, 4, "run-") == 0 ? name : run;
  const std::string story = [&] {
    std::string text;
    ue::ReadFile(folder + "/" + run, text);
    return text;
  }();
  RunKilled([&] {
    const auto log = OpenLog(folder);
    KillSelf();
  });
  CHECK(ue::WriteFileAtomic(folder + "/" + run, story));
  const Server server = SentFrom(folder);
  CHECK(server.events.size() == 2 && server.repeated == 2);
}

void ALivingProcessIsNoCrashAndKeepsItsOwnSegments() {
  const std::string folder = ScratchFolder();
  const auto living = OpenLog(folder);
  living->LogAssignment(FieldsFor("laptop-call"));
  living->Exposure(FieldsFor("laptop-call"));
  Server other;
  std::fflush(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    const bool sent = OpenLog(folder)->Flush(other);
    _exit(sent && other.events.empty() ? 0 : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  Server own;
  CHECK(living->Flush(own));
  CHECK(own.OfType("exposure") == 1);
}

void EventsSurviveTheCrashOfTheirProcess() {
  const std::string folder = ScratchFolder();
  RunKilled([&] {
    const auto log = OpenLog(folder);
    for (int index = 0; index < 1000; ++index) log->Metric(FieldsFor("laptop-call"), "join-ms", index + 0.5);
    KillSelf();
  });
  const Server server = SentFrom(folder);
  CHECK(server.OfType("metric") == 1000);
  CHECK(server.HasSeen("\"metric\":\"join-ms\",\"value\":999.5"));
  CHECK(server.batches > 1);
}

void EventsWaitUntilTheyAreAcknowledged() {
  const std::string folder = ScratchFolder();
  std::int64_t now = 1000000;
  ue::TelemetryOptions options;
  options.folder = folder;
  options.now_ms = [&] { return now; };
  const auto log = ue::TelemetryLog::Open(options);
  log->Metric(FieldsFor("laptop-call"), "join-ms", 1);
  Server server;
  server.answer = {ue::SendResult::Status::kRetry, 30};
  CHECK(!log->Flush(server));
  CHECK(!log->Flush(server));
  CHECK(server.batches == 1);
  log->Metric(FieldsFor("laptop-call"), "join-ms", 2);
  now += 30000;
  server.answer = {ue::SendResult::Status::kAccepted, 0};
  CHECK(log->Flush(server));
  CHECK(server.OfType("metric") == 2);
  CHECK(log->Flush(server));
  CHECK(server.repeated == 0 && FilesLike(folder, "spool-") == 0);
}

void WhatTheServerRefusesIsDroppedAndCounted() {
  const auto log = OpenLog(ScratchFolder());
  log->Metric(FieldsFor("laptop-call"), "join-ms", 1);
  Server server;
  server.answer = {ue::SendResult::Status::kRefused, 0};
  CHECK(log->Flush(server));
  CHECK(log->dropped() == 1);
}

void TheOldestAreDroppedAndCountedWhenThereIsNoRoom() {
  const std::string folder = ScratchFolder();
  ue::SpoolLimits limits;
  limits.segment_bytes = 4096;
  limits.total_bytes = 20000;
  {
    const auto log = OpenLog(folder, limits);
    for (int index = 0; index < 1000; ++index) log->Metric(FieldsFor("laptop-call"), "n", index);
    std::uint64_t total = 0;
    for (const std::string& name : ue::ListFolder(folder)) total += ue::SizeOf(folder + "/" + name);
    CHECK(total < 22000);
  }
  const Server server = SentFrom(folder);
  CHECK(server.HasSeen("\"value\":999"));
  CHECK(!server.HasSeen("\"value\":0}"));
  CHECK(server.dropped > 0 && server.OfType("metric") + server.dropped == 1000);
}

void ASegmentThatAnotherProcessDroppedIsBegunAnew() {
  const std::string folder = ScratchFolder();
  const auto log = OpenLog(folder);
  log->Metric(FieldsFor("a"), "n", 1);
  for (const std::string& name : ue::ListFolder(folder)) {
    if (name.compare(0, 6, "spool-") == 0) ue::RemoveFile(folder + "/" + name);
  }
  log->Metric(FieldsFor("a"), "n", 2);
  Server server;
  CHECK(log->Flush(server));
  CHECK(server.HasSeen("\"value\":2") && server.OfType("metric") == 1);
}

void AHalfLineIsNotSent() {
  const std::string folder = ScratchFolder();
  RunKilled([&] {
    const auto log = OpenLog(folder);
    log->Metric(FieldsFor("laptop-call"), "n", 1);
    KillSelf();
  });
  for (const std::string& name : ue::ListFolder(folder)) {
    if (name.compare(0, 6, "spool-") == 0) CHECK(ue::OpenToAppend(folder + "/" + name).Write("{\"id\":\"half"));
  }
  CHECK(SentFrom(folder).events.size() == 1);
}

/// In a child, as the limit on files is the process's: beyond it a write fails as on a full disk. It is full for a while, and not for good.
void AFullDiskLosesNothingThatWasPromised() {
  const std::string folder = ScratchFolder();
  int ends[2];
  CHECK(pipe(ends) == 0);
  RunKilled([&] {
    signal(SIGXFSZ, SIG_IGN);
    ue::TelemetryOptions options;
    options.folder = folder;
    bool told = false;
    options.on_message = [&](const std::string&) { told = true; };
    const auto log = ue::TelemetryLog::Open(options);
    unsigned char promised[2] = {};
    rlimit limit{3000, RLIM_INFINITY};
    for (int index = 0; index < 120; ++index) {
      limit.rlim_cur = index < 60 ? 3000 : 300000;
      setrlimit(RLIMIT_FSIZE, &limit);
      const std::string unit = std::to_string(100 + index) + std::string(29, 'f');
      if (log->LogAssignment(FieldsFor("a", unit))) ++promised[0];
      if (log->Exposure(FieldsFor("a", unit))) ++promised[1];
    }
    CHECK(told && log->dropped() + promised[1] == 120);
    CHECK(write(ends[1], promised, 2) == 2);
    KillSelf();
  });
  unsigned char promised[2] = {};
  CHECK(read(ends[0], promised, 2) == 2);
  close(ends[0]);
  close(ends[1]);
  CHECK(promised[0] > 63 && promised[0] < 120);
  const Server server = SentFrom(folder);
  CHECK(server.OfType("crash") == promised[0] && server.OfType("exposure") == promised[0] + promised[1]);
}

void AFolderThatCannotBeWrittenIsTold() {
  const std::string folder = ScratchFolder();
  CHECK(ue::WriteFileAtomic(folder + "/file", ""));
  ue::TelemetryOptions options;
  options.folder = folder + "/file";
  bool told = false;
  options.on_message = [&](const std::string&) { told = true; };
  CHECK(ue::TelemetryLog::Open(options) == nullptr);
  CHECK(told);
}

void WhatWasMeasuredBeforeIsToldAsSuch() {
  const auto log = OpenLog(ScratchFolder());
  const double denominator = 4;
  CHECK(log->MetricBefore(FieldsFor("a"), "cpu-ms", 12.5));
  CHECK(log->MetricBefore(FieldsFor("a"), "frozen", 1, &denominator));
  CHECK(!log->MetricBefore(FieldsFor("a"), "cpu-ms", INFINITY));
  Server server;
  CHECK(log->Flush(server));
  CHECK(server.HasSeen("\"metric\":\"cpu-ms\",\"value\":12.5,\"period\":\"before\"}"));
  CHECK(server.HasSeen("\"value\":1,\"denominator\":4,\"period\":\"before\"}"));
  CHECK(server.OfType("metric") == 2);
}

/// What the other end runs is known behind the assignment only; a crash is told with it all the same, as the first exposure's pair counts.
void APairThatIsKnownLaterIsThatOfAllEventsBehind() {
  const std::string folder = ScratchFolder();
  RunKilled([&] {
    const auto log = OpenLog(folder);
    log->LogAssignment(FieldsFor("a", std::string(32, '1')));
    log->LogAssignment(FieldsFor("a", std::string(32, '2')));
    for (const char digit : {'1', '2'}) {
      ue::EventFields fields = FieldsFor("a", std::string(32, digit));
      fields.pair = digit == '1' ? ue::Pair::kMixed : ue::Pair::kSame;
      CHECK(log->Exposure(fields) && log->Exposure(fields) && log->Metric(fields, "n", 1));
      if (digit == '2') CHECK(log->EndUnit(fields));
    }
    KillSelf();
  });
  const Server server = SentFrom(folder);
  CHECK(server.OfType("crash") == 1 && server.OfType("exposure") == 3 && server.OfType("end") == 1);
  for (const auto& one : server.events) {
    const bool is_mixed = Contains(one.second, std::string(32, '1'));
    CHECK(Contains(one.second, is_mixed ? "\"pair\":\"mixed\"" : "\"pair\":\"same\""));
  }
}

void NumbersThatNoServerTakesAreNotTaken() {
  const auto log = OpenLog(ScratchFolder());
  CHECK(!log->Metric(FieldsFor("a"), "n", std::nan("")));
  CHECK(!log->Metric(FieldsFor("a"), "n", INFINITY));
  const double denominator = 3;
  CHECK(log->Metric(FieldsFor("a"), "n\"\n", -1e30, &denominator));
  CHECK(!log->Metric(FieldsFor("a"), "n", 1e31, &denominator));
  Server server;
  CHECK(log->Flush(server));
  CHECK(server.HasSeen("\"metric\":\"n\\\"\\u000a\",\"value\":-1e+30,\"denominator\":3}"));
}

void ThreadsMayAddWhileOthersSend() {
  const std::string folder = ScratchFolder();
  ue::SpoolLimits limits;
  limits.segment_bytes = 2048;
  const auto log = OpenLog(folder, limits);
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&log, thread] {
      for (int index = 0; index < 250; ++index) log->Metric(FieldsFor("a"), "n", thread * 1000 + index);
    });
  }
  Server server;
  for (int round = 0; round < 20; ++round) log->Flush(server);
  for (std::thread& one : threads) one.join();
  CHECK(log->Flush(server));
  CHECK(server.OfType("metric") == 1000 && server.repeated == 0);
}

/// Killed at any moment: every assignment that was logged is told of once, as a crash or as an end.
void KillsAtRandomLoseNoAssignment() {
  const std::string folder = ScratchFolder();
  int promised = 0;
  for (int round = 0; round < 30; ++round) {
    int ends[2];
    CHECK(pipe(ends) == 0);
    std::fflush(nullptr);
    const pid_t child = fork();
    if (child == 0) {
      const auto log = OpenLog(folder);
      for (int index = 0; index < 100; ++index) {
        const std::string unit = std::to_string(10000 + round * 100 + index) + std::string(27, 'f');
        if (log->LogAssignment(FieldsFor("a", unit))) static_cast<void>(!write(ends[1], "x", 1));
      }
      _exit(0);
    }
    close(ends[1]);
    usleep(static_cast<useconds_t>(1000 + round * 700));
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    char marks[128];
    for (ssize_t count = 0; (count = read(ends[0], marks, sizeof marks)) > 0;) promised += static_cast<int>(count);
    close(ends[0]);
  }
  const Server server = SentFrom(folder);
  CHECK(promised > 0);
  // One more per kill may be on disk, its process killed before it could say so.
  CHECK(server.OfType("crash") >= promised && server.OfType("crash") <= promised + 30);
}

}  // namespace

int main() {
  AnEndMarkedIsNoCrash();
  AProcessKilledBetweenAssignmentAndFirstUseIsACrashAtStartUp();
  AProcessWithoutAnAssignmentTellsNothing();
  ACrashWhileRunningTellsItsSignal();
  AUnitThatIsOverDoesNotCrashLater();
  ACrashIsToldWithOneIdHoweverOften();
  ALivingProcessIsNoCrashAndKeepsItsOwnSegments();
  EventsSurviveTheCrashOfTheirProcess();
  EventsWaitUntilTheyAreAcknowledged();
  WhatTheServerRefusesIsDroppedAndCounted();
  TheOldestAreDroppedAndCountedWhenThereIsNoRoom();
  ASegmentThatAnotherProcessDroppedIsBegunAnew();
  AHalfLineIsNotSent();
  AFullDiskLosesNothingThatWasPromised();
  AFolderThatCannotBeWrittenIsTold();
  WhatWasMeasuredBeforeIsToldAsSuch();
  APairThatIsKnownLaterIsThatOfAllEventsBehind();
  NumbersThatNoServerTakesAreNotTaken();
  ThreadsMayAddWhileOthersSend();
  KillsAtRandomLoseNoAssignment();
  return Finish("telemetry");
}
