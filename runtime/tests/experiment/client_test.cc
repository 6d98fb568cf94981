// The client keeps its last good seed, whatever it is sent, and says why it does not take others.
#include "unfork/experiment/client.h"

#include <atomic>
#include <thread>

#include "../check.h"
#include "scratch.h"
#include "unfork/experiment/set_flavor.h"
#include "unfork/experiment/encoding.h"
#include "vectors.h"

namespace {

const ue::Json* all = nullptr;
std::int64_t now = 0;
constexpr std::int64_t kEnd = 1798459200000;  // 2026-12-28T12:00:00Z

/// Sends what the test tells it to.
class Server final : public ue::Fetch {
 public:
  explicit Server(const std::string& name) { Publish(name); }
  void Publish(const std::string& name) { body_ = DocumentOf(*all, name); }
  void PublishText(std::string body) { body_ = std::move(body); }
  void TurnOff() { body_.clear(); }
  int unchanged() const { return unchanged_; }

  ue::FetchResult Get(const std::string& etag) override {
    ue::FetchResult result;
    result.message = "the server is off";
    if (body_.empty()) return result;
    result.etag = "\"" + ue::Sha256Hex(body_) + "\"";
    const bool same = etag == result.etag;
    unchanged_ += same ? 1 : 0;
    result.status = same ? ue::FetchResult::Status::kUnchanged : ue::FetchResult::Status::kFetched;
    if (!same) result.body = body_;
    return result;
  }

 private:
  std::string body_;
  int unchanged_ = 0;
};

struct Device {
  std::vector<std::string> said;
  std::unique_ptr<ue::Client> client;

  explicit Device(const std::string& folder, bool follow = false, const std::string& latest_release = "") {
    static const ue::OpensslCheck check;
    static const std::string key = TextAt(At(At(*all, "trust"), "keys").items[0], "publicKey");
    ue::ClientOptions options;
    options.project = "webrtc";
    options.keys = {{ue::KeyRole::kSigner, key.c_str()}};
    options.signatures = &check;
    options.folder = folder;
    options.follow = follow;
    options.latest_release = latest_release;
    options.on_message = [this](const std::string& message) { said.push_back(message); };
    options.now_ms = [] { return now; };
    client = ue::Client::Open(options);
  }

  /// `treatment latest arm 8`, with the device of the vectors that is in the treatment.
  std::string Answer() const {
    ue::Units units;
    units.device = "device-1";
    for (const ue::Json& one : At(*all, "assignments").items) {
      if (TextAt(At(one, "answer"), "arm") == "treatment" && TextAt(one, "document") == "seven") units.device = TextAt(one, "device");
    }
    const ue::Assignment got = client->Assign("laptop-call", units);
    return std::string(ue::NameOf(got.arm)) + " " + ue::NameOf(got.flavor) + " " + ue::NameOf(got.reason) + " " + std::to_string(got.seed);
  }

  bool HasSaid(const std::string& part) const {
    for (const std::string& one : said) {
      if (Contains(one, part)) return true;
    }
    return false;
  }
};

const char kTreated[] = "treatment latest arm 7";
const char kHalted[] = " legacy capped 8";

void WithoutASeedTheDefaultFlavorIsUsedAndSaid() {
  const Device device(ScratchFolder());
  CHECK(device.Answer() == " legacy no-seed 0");
  CHECK(device.HasSaid("no seed yet: the default flavor is used"));
}

void ASeedIsKeptAndWorksOffline() {
  const std::string folder = ScratchFolder();
  Server server("seven");
  {
    const Device device(folder);
    CHECK(device.client->Refresh(server) == ue::Refreshed::kAccepted);
    CHECK(device.Answer() == kTreated);
    CHECK(device.client->Refresh(server) == ue::Refreshed::kSame);
    CHECK(server.unchanged() == 1);
  }
  server.TurnOff();
  const Device offline(folder);
  CHECK(offline.Answer() == kTreated);
  CHECK(offline.client->Refresh(server) == ue::Refreshed::kFailed);
  CHECK(offline.HasSaid("the server is off"));
  CHECK(offline.Answer() == kTreated);
}

void AnAssignmentStaysToTheEndOfTheProcess() {
  const std::string folder = ScratchFolder();
  Server server("seven");
  const Device device(folder);
  device.client->Refresh(server);
  CHECK(device.Answer() == kTreated);
  server.Publish("halt eight: none");
  CHECK(device.client->Refresh(server) == ue::Refreshed::kAccepted);
  CHECK(device.Answer() == kTreated);
  CHECK(Device(folder).Answer() == kHalted);
}

void AServerThatFollowsHasAHaltAtOnce() {
  Server server("seven");
  const Device device(ScratchFolder(), true);
  device.client->Refresh(server);
  std::atomic<bool> stop{false};
  std::atomic<int> halted{0};
  std::thread asking([&] {
    while (!stop.load()) halted += device.Answer() == kHalted ? 1 : 0;
  });
  CHECK(device.Answer() == kTreated);
  server.Publish("halt eight: none");
  CHECK(device.client->Refresh(server) == ue::Refreshed::kAccepted);
  CHECK(device.Answer() == kHalted);
  stop = true;
  asking.join();
  now = kEnd + 600001;
  CHECK(device.Answer() == " legacy expired 0");
  CHECK(device.Answer() == " legacy expired 0");
  CHECK(device.said.size() == 2 && device.HasSaid("has expired: the default flavor is used"));
  now = At(At(*all, "trust"), "now").number;
}

void BadSeedsAreRejectedAndTheLastGoodOneIsKept() {
  const struct {
    const char* document;
    const char* reason;
  } bad[] = {
      {"by a stranger", "unsigned"},  {"without signatures", "malformed"}, {"altered halt", "halt-altered"},    {"with an altered payload", "altered"},
      {"six", "rolled-back"},         {"seven", "rolled-back"},            {"halt eleven: more", "halt-raises"}, {"no seed", "malformed"},
      {"halt nine: none", "rolled-back"}, {"of another project", "other-project"},
  };
  for (const auto& one : bad) {
    const std::string folder = ScratchFolder();
    Server server("halt ten: a tenth");
    const Device device(folder);
    CHECK(device.client->Refresh(server) == ue::Refreshed::kAccepted);
    server.Publish(one.document);
    CHECK(device.client->Refresh(server) == ue::Refreshed::kRejected);
    CHECK(device.HasSaid(std::string("(") + one.reason + ")"));
    CHECK(device.client->version() == 10);
    CHECK(Device(folder).client->version() == 10);
  }
}

void AnExpiredSeedIsNotTakenAndAKeptOneEndsInTheDefault() {
  const std::string folder = ScratchFolder();
  Server server("seven");
  {
    const Device device(folder);
    device.client->Refresh(server);
  }
  now = kEnd + 600001;
  const Device late(folder);
  CHECK(late.Answer() == " legacy expired 0");
  CHECK(late.HasSaid("has expired: the default flavor is used"));
  server.Publish("eight");
  CHECK(late.client->Refresh(server) == ue::Refreshed::kRejected);
  CHECK(late.HasSaid("(expired)"));
  now = At(At(*all, "trust"), "now").number;
  CHECK(Device(folder).Answer() == kTreated);
}

void ASeedAboutOtherReleasesHasNoSay() {
  Server server("seven");
  const Device device(ScratchFolder(), false, "M160");
  device.client->Refresh(server);
  CHECK(device.Answer() == " legacy other-releases 0");
  CHECK(device.HasSaid("other releases"));
}

void ADamagedOrAlteredFileIsNotUsed() {
  const std::string folder = ScratchFolder();
  Server server("seven");
  {
    const Device device(folder);
    device.client->Refresh(server);
  }
  const std::string path = folder + "/seed-0000000000000007.json";
  const std::string text = ReadWhole(path);
  CHECK(!text.empty());
  // One letter of the payload in base64, another under the same signature.
  std::string altered = text;
  const std::size_t at = altered.find("payload\\\":\\\"") + 40;
  altered[at] = altered[at] == 'A' ? 'B' : 'A';
  CHECK(ue::WriteFileAtomic(path, altered));
  const Device first(folder);
  CHECK(first.Answer() == " legacy no-seed 0");
  CHECK(first.HasSaid("the kept seed is rejected"));
  CHECK(ue::WriteFileAtomic(path, text.substr(0, text.size() / 2)));
  const Device second(folder);
  CHECK(second.HasSaid("is damaged"));
  CHECK(second.client->Refresh(server) == ue::Refreshed::kAccepted);
  CHECK(Device(folder).Answer() == kTreated);
}

void KeysAreHandedOnAcrossProcesses() {
  const std::string folder = ScratchFolder();
  Server server("seven");
  for (const char* name : {"seven", "rotated: eight by the old and the new key", "rotated: nine by the new key, revoking the old one",
                           "rotated: ten by the new key"}) {
    server.Publish(name);
    CHECK(Device(folder).client->Refresh(server) == ue::Refreshed::kAccepted);
  }
  server.Publish("eleven");
  const Device last(folder);
  CHECK(last.client->version() == 10);
  CHECK(last.client->Refresh(server) == ue::Refreshed::kRejected);
  CHECK(FilesLike(folder, "seed-") == 2);
}

void AnOlderSeedNeverTakesANewerOnesPlace() {
  const std::string folder = ScratchFolder();
  Server server("seven");
  const Device slow(folder);
  slow.client->Refresh(server);
  Server ahead("ten");
  CHECK(Device(folder).client->Refresh(ahead) == ue::Refreshed::kAccepted);
  server.Publish("nine");
  CHECK(slow.client->Refresh(server) == ue::Refreshed::kRejected);
  CHECK(Device(folder).client->version() == 10);
}

void AKilledWriterLeavesTheOldSeedOrTheNew() {
  const std::string folder = ScratchFolder();
  Server server("seven");
  {
    const Device device(folder);
    device.client->Refresh(server);
  }
  for (int round = 0; round < 20; ++round) {
    std::fflush(nullptr);
    const pid_t child = fork();
    if (child == 0) {
      Server next("eight");
      const Device device(folder);
      device.client->Refresh(next);
      _exit(0);
    }
    usleep(static_cast<useconds_t>(round * 150));
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    const std::int64_t version = Device(folder).client->version();
    CHECK(version == 7 || version == 8);
    ue::RemoveFile(folder + "/seed-0000000000000008.json");
  }
}

void AFolderThatCannotBeWrittenIsTold() {
  const std::string folder = ScratchFolder() + "/file";
  CHECK(ue::WriteFileAtomic(folder, ""));
  Server server("seven");
  const Device device(folder);
  CHECK(device.client->Refresh(server) == ue::Refreshed::kAccepted);
  CHECK(device.Answer() == kTreated);
  CHECK(device.HasSaid("cannot be made") && device.HasSaid("the seed cannot be kept"));
}

void AnInstallationHasOneIdAndSecret() {
  const std::string folder = ScratchFolder();
  const Device first(folder);
  const Device second(folder);
  CHECK(first.client->installation_id().size() == 32);
  CHECK(first.client->installation_id() == second.client->installation_id());
  CHECK(Device(ScratchFolder()).client->installation_id() != first.client->installation_id());
}

void ProcessesThatStartAtOnceAgreeOnTheInstallation() {
  const std::string folder = ScratchFolder();
  for (int index = 0; index < 8; ++index) {
    std::fflush(nullptr);
    if (fork() == 0) {
      const Device device(folder);
      _exit(ue::WriteFileAtomic(folder + "/id-" + std::to_string(index), device.client->installation_id()) ? 0 : 1);
    }
  }
  for (int index = 0; index < 8; ++index) wait(nullptr);
  const std::string id = Device(folder).client->installation_id();
  for (int index = 0; index < 8; ++index) CHECK(ReadWhole(folder + "/id-" + std::to_string(index)) == id);
}

void EventsNameThePseudonymOnly() {
  Server server("seven");
  const Device device(ScratchFolder());
  device.client->Refresh(server);
  ue::EventFields fields;
  int in_arms = 0;
  for (int index = 0; index < 40; ++index) {
    const std::string id = "device-" + std::to_string(index);
    ue::Units units;
    units.device = id;
    const ue::Assignment got = device.client->Assign("laptop-call", units);
    CHECK(device.client->FieldsOf(got, units, fields) == (got.arm != ue::Arm::kNone));
    if (got.arm == ue::Arm::kNone) continue;
    ++in_arms;
    CHECK(fields.unit.size() == 32 && !Contains(ue::FieldsText(fields), id));
    CHECK(fields.experiment == "laptop-call-m150" && fields.phase == 3 && fields.seed == 7);
  }
  CHECK(in_arms > 5);
}

const int kLegacyApi = 1;
const int kLatestApi = 2;
unfork::FlavorState shim("sound", {"legacy", "M120", &kLegacyApi}, {"latest", "M150", &kLatestApi});

void TheShimGetsTheFlavorAndTellsItsFirstUse() {
  const std::string folder = ScratchFolder();
  Server server("seven");
  const Device device(folder, false, "M150");
  device.client->Refresh(server);
  ue::TelemetryOptions options;
  options.folder = folder;
  const std::unique_ptr<ue::TelemetryLog> log = ue::TelemetryLog::Open(options);
  ue::Units units;
  std::string id;
  for (int index = 0; id.empty(); ++index) {
    const std::string one = "device-" + std::to_string(index);
    units.device = one;
    if (device.client->Assign("laptop-call", units).arm == ue::Arm::kTreatment) id = one;
  }
  units.device = id;
  unfork::FlavorSources sources;
  sources.environment = "UNFORK_TEST_FLAVOR_UNSET";
  sources.callback = ue::FlavorCallback(shim, *device.client, log.get(), "laptop-call", id);
  sources.default_index = 0;
  CHECK(unfork::SetFlavorFrom(shim, sources) == 1);
  CHECK(FilesLike(folder, "run-") == 1);
  ue::FirstUse use{log.get(), "sound", {}};
  CHECK(device.client->FieldsOf(device.client->Assign("laptop-call", units), units, use.fields));
  unfork::SetExposureHook(&ue::TellFirstUse, &use);
  CHECK(FilesLike(folder, "spool-") == 0);
  CHECK(shim.Current("sound_shim::Play") == &kLatestApi);
  CHECK(shim.Current("sound_shim::Play") == &kLatestApi);
  unfork::SetExposureHook(nullptr);
  CHECK(FilesLike(folder, "spool-") == 1);
}

}  // namespace

int main(int argc, char** argv) {
  const ue::Json vectors = LoadVectors(argc, argv);
  all = &vectors;
  now = At(At(vectors, "trust"), "now").number;
  WithoutASeedTheDefaultFlavorIsUsedAndSaid();
  ASeedIsKeptAndWorksOffline();
  AnAssignmentStaysToTheEndOfTheProcess();
  AServerThatFollowsHasAHaltAtOnce();
  BadSeedsAreRejectedAndTheLastGoodOneIsKept();
  AnExpiredSeedIsNotTakenAndAKeptOneEndsInTheDefault();
  ASeedAboutOtherReleasesHasNoSay();
  ADamagedOrAlteredFileIsNotUsed();
  KeysAreHandedOnAcrossProcesses();
  AnOlderSeedNeverTakesANewerOnesPlace();
  AKilledWriterLeavesTheOldSeedOrTheNew();
  AFolderThatCannotBeWrittenIsTold();
  AnInstallationHasOneIdAndSecret();
  ProcessesThatStartAtOnceAgreeOnTheInstallation();
  EventsNameThePseudonymOnly();
  TheShimGetsTheFlavorAndTellsItsFirstUse();
  return Finish("client");
}
