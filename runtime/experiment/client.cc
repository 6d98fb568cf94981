// The client of seeds: what it keeps, what it takes, what it answers by.
#include "unfork/experiment/client.h"

#include <cstdio>

#include "unfork/experiment/files.h"
#include "unfork/experiment/json.h"

namespace unfork {
inline namespace v1 {
namespace experiment {
namespace {

bool IsHexKey(const std::string& text) {
  unsigned char bytes[16];
  return ParseHexKey(text, bytes);
}

bool ParseInstallation(const std::string& text, std::string& id, std::string& secret) {
  Json value;
  if (!ParseStrictJson(text, value)) return false;
  const Json* found_id = value.Find("id");
  const Json* found_secret = value.Find("secret");
  if (found_id == nullptr || found_secret == nullptr || !IsHexKey(found_id->text) || !IsHexKey(found_secret->text)) return false;
  id = found_id->text;
  secret = found_secret->text;
  return true;
}

}  // namespace

Client::Client(ClientOptions options) : options_(std::move(options)), expired_(options_.default_flavor, Reason::kExpired) {
  trust_ = SeedTrust{options_.project, TrustedKeysOf(options_.keys), options_.signatures};
  if (trust_.keys.size() != options_.keys.size()) Tell("a key that is built in is not 32 bytes in base64, and is not trusted");
}

std::unique_ptr<Client> Client::Open(ClientOptions options) {
  std::unique_ptr<Client> client(new Client(std::move(options)));
  // Without a name it would be the root of the file system.
  if (client->options_.folder.empty()) client->options_.folder = ".";
  if (!MakeFolder(client->options_.folder)) client->Tell(client->options_.folder + " cannot be made: nothing is kept");
  Client* const told = client.get();
  client->store_ = std::make_unique<SeedStore>(client->options_.folder, [told](const std::string& message) { told->Tell(message); });
  RemoveLeftovers(client->options_.folder);
  client->LoadInstallation();
  client->LoadSeed();
  return client;
}

/// One process makes it, under a lock; Android allows no hard links, by which it could be placed without one.
void Client::LoadInstallation() {
  const std::string path = options_.folder + "/installation.json";
  std::string text;
  if (ReadFile(path, text) && ParseInstallation(text, installation_id_, installation_secret_)) return;
  File lock = OpenToAppend(options_.folder + "/installation.lock");
  if (lock.IsOpen()) lock.Lock();
  if (ReadFile(path, text) && ParseInstallation(text, installation_id_, installation_secret_)) return;
  if (!text.empty()) Tell(path + " is damaged: the installation counts as a new one");
  installation_id_ = RandomHex(16);
  installation_secret_ = RandomHex(16);
  const std::string fresh = "{\"id\":\"" + installation_id_ + "\",\"secret\":\"" + installation_secret_ + "\"}\n";
  if (!WriteFileAtomic(path, fresh)) Tell(path + " cannot be written: the installation's id ends with this process");
}

/// The kept seed, judged again: a file may have been altered. Its expiry is looked at when it is put in force. False where there is no good one.
bool Client::LoadKept(Seed& seed) {
  StoredSeed stored;
  if (!store_->Load(stored)) return false;
  AcceptedSeed before;
  before.keys = stored.judged_by;
  before.revoked = stored.revoked;
  const Judgement judged = JudgeSeed(stored.document, trust_, before, 0);
  if (!judged.taken) {
    Tell("the kept seed is rejected (" + judged.answer + "): " + judged.message);
    return false;
  }
  stored_ = stored;
  accepted_ = judged.accepted;
  seed = judged.seed;
  return true;
}

void Client::LoadSeed() {
  Seed seed;
  if (LoadKept(seed)) return PutInForce(seed);
  Tell("there is no seed yet: the default flavor is used");
  Use(std::make_unique<Assigner>(options_.default_flavor, Reason::kNoSeed), INT64_MAX);
}

/// The text that was judged first stays: another's signatures may be by keys that the kept trust does not have.
void Client::Take(const Judgement& judged, const FetchResult& fetched) {
  if (judged.answer == "accepted") {
    stored_.document = fetched.body;
    stored_.judged_by = accepted_.keys;
    stored_.revoked = accepted_.revoked;
  }
  stored_.etag = fetched.etag;
  accepted_ = judged.accepted;
  const bool may_change = options_.follow || !asked_.load(std::memory_order_relaxed);
  if (may_change && (judged.answer == "accepted" || InForce().version() != accepted_.version)) PutInForce(judged.seed);
  if (!store_->Save(stored_, accepted_.version)) Tell("the seed cannot be kept in " + options_.folder);
}

void Client::Use(std::unique_ptr<const Assigner> assigner, std::int64_t expires_ms) {
  told_expired_ = false;
  forces_.push_back(std::make_unique<Force>(Force{std::move(assigner), expires_ms}));
  force_.store(forces_.back().get(), std::memory_order_release);
}

void Client::PutInForce(const Seed& seed) {
  const auto differs = [](const std::string& own, const std::string& other) { return !own.empty() && own != other; };
  const std::int64_t expires = seed.base.expires + kExpirySkewMs;
  if (IsExpired(seed, Now())) {
    Tell("the seed has expired: the default flavor is used");
    return Use(std::make_unique<Assigner>(options_.default_flavor, Reason::kExpired), expires);
  }
  if (differs(options_.legacy_release, seed.base.legacy_release) || differs(options_.latest_release, seed.base.latest_release)) {
    Tell("the seed is about other releases than this program has: the default flavor is used");
    return Use(std::make_unique<Assigner>(options_.default_flavor, Reason::kOtherReleases), expires);
  }
  Use(std::make_unique<Assigner>(seed, options_.default_flavor), expires);
}

std::int64_t Client::Now() const { return options_.now_ms ? options_.now_ms() : WallClockMs(); }

const Assigner& Client::InForce() const noexcept {
  const Force* force = force_.load(std::memory_order_acquire);
  if (!options_.follow) return *force->assigner;
  if (Now() <= force->expires_ms) return *force->assigner;
  if (!told_expired_.exchange(true)) Tell("the seed has expired: the default flavor is used");
  return expired_;
}

Assignment Client::Assign(std::string_view use_case, const Units& units) const noexcept {
  if (!asked_.load(std::memory_order_relaxed)) asked_.store(true, std::memory_order_relaxed);
  Units all = units;
  if (all.device.empty()) all.device = installation_id_;
  return InForce().Assign(use_case, all);
}

bool Client::FieldsOf(const Assignment& assignment, const Units& units, EventFields& fields) const {
  if (assignment.arm == Arm::kNone || assignment.use_case == nullptr) return false;
  const SeedUseCase& use_case = *assignment.use_case;
  const bool own = use_case.unit == UnitKind::kDevice;
  const std::string_view given = units.Of(use_case.unit);
  const std::string_view unit = own && given.empty() ? std::string_view(installation_id_) : given;
  const std::string& secret = own || options_.join_secret.empty() ? installation_secret_ : options_.join_secret;
  fields = EventFields{use_case.experiment, use_case.name,     use_case.phase, assignment.arm, PseudonymOf(secret, use_case.salt, unit),
                       assignment.flavor,   assignment.seed};
  return !unit.empty();
}

Refreshed Client::Refresh(Fetch& transport) {
  std::string etag;
  {
    const std::lock_guard<std::mutex> guard(mutex_);
    etag = stored_.etag;
  }
  const FetchResult fetched = transport.Get(etag);
  if (fetched.status == FetchResult::Status::kUnchanged) return Refreshed::kSame;
  if (fetched.status == FetchResult::Status::kFailed) {
    Tell("no seed was fetched: " + fetched.message);
    return Refreshed::kFailed;
  }
  const std::lock_guard<std::mutex> guard(mutex_);
  // Another process of the program may have taken a newer one meanwhile.
  Seed kept;
  if (store_->NewestVersion() > accepted_.version) LoadKept(kept);
  const Judgement judged = JudgeSeed(fetched.body, trust_, accepted_, Now());
  if (!judged.taken) {
    Tell("the seed is rejected (" + judged.answer + "): " + judged.message);
    return Refreshed::kRejected;
  }
  Take(judged, fetched);
  return judged.answer == "same" ? Refreshed::kSame : Refreshed::kAccepted;
}

void Client::Tell(const std::string& message) const {
  if (options_.on_message) return options_.on_message(message);
  std::fprintf(stderr, "unfork: %s: %s\n", options_.project.c_str(), message.c_str());
}

}  // namespace experiment
}  // namespace v1
}  // namespace unfork
