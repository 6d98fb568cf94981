// Owns the client of seeds: which flavor a use case gets on this installation.
#ifndef UNFORK_EXPERIMENT_CLIENT_H_
#define UNFORK_EXPERIMENT_CLIENT_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "unfork/experiment/assigner.h"
#include "unfork/experiment/events.h"
#include "unfork/experiment/judge_seed.h"
#include "unfork/experiment/seed_store.h"
#include "unfork/experiment/transport.h"

namespace unfork {
inline namespace v1 {
namespace experiment {

struct ClientOptions {
  /// Seeds of other projects are rejected.
  std::string project;
  std::vector<BuiltInKey> keys;
  /// Lives as long as the client.
  const SignatureCheck* signatures = nullptr;
  /// Where the last good seed and the installation's secret are kept; the application's own, readable by nobody else. "" is the working folder.
  std::string folder;
  /// Of the program's own configuration, for what no seed in force has a say in.
  Flavor default_flavor = Flavor::kLegacy;
  /// The releases in this program, or "": a seed about others has no say.
  std::string legacy_release;
  std::string latest_release;
  /// 32 hexadecimal digits that all devices of the project share, or "": pseudonyms of users, calls and clusters then agree between devices.
  std::string join_secret;
  /// For servers: `Refresh` changes assignments of this process, too. Else only those of the next one.
  bool follow = false;
  /// The error stream where it is empty. Does not call the client.
  TellFn on_message;
  /// In ms since 1970; the system's clock where it is empty.
  std::function<std::int64_t()> now_ms;
};

enum class Refreshed { kAccepted, kSame, kRejected, kFailed };

/// All members but `Open` may be called from any thread.
class Client {
 public:
  /// Loads the kept seed. Never null: without a good seed everything gets the default flavor, and `on_message` is told why.
  static std::unique_ptr<Client> Open(ClientOptions options);

  /// The flavor of a use case; `device` is the installation's own id where it is left empty. Takes no lock and no memory.
  Assignment Assign(std::string_view use_case, const Units& units = {}) const noexcept;

  /// What events of that assignment carry; false where the unit is in no arm.
  bool FieldsOf(const Assignment& assignment, const Units& units, EventFields& fields) const;

  /// Looks for a new seed, and keeps it when it is good. Before the first `Assign` it is in force at once; later only where `follow` is set, else in
  /// the next process.
  Refreshed Refresh(Fetch& transport);

  /// Of the seed in force, 0 without one.
  std::int64_t version() const noexcept { return InForce().version(); }
  /// Random, made once per installation, never sent.
  const std::string& installation_id() const noexcept { return installation_id_; }

 private:
  explicit Client(ClientOptions options);

  /// A seed with what to do once it has expired.
  struct Force {
    std::unique_ptr<const Assigner> assigner;
    std::int64_t expires_ms = 0;
  };

  const Assigner& InForce() const noexcept;
  void LoadInstallation();
  void LoadSeed();
  bool LoadKept(Seed& seed);
  void Take(const Judgement& judged, const FetchResult& fetched);
  void PutInForce(const Seed& seed);
  void Use(std::unique_ptr<const Assigner> assigner, std::int64_t expires_ms);
  std::int64_t Now() const;
  void Tell(const std::string& message) const;

  ClientOptions options_;
  SeedTrust trust_;
  std::unique_ptr<SeedStore> store_;
  std::string installation_id_;
  std::string installation_secret_;
  mutable std::mutex mutex_;
  StoredSeed stored_;
  AcceptedSeed accepted_;
  /// All that were in force: assignments point into them.
  std::vector<std::unique_ptr<const Force>> forces_;
  std::atomic<const Force*> force_{nullptr};
  mutable std::atomic<bool> asked_{false};
  mutable std::atomic<bool> told_expired_{false};
  Assigner expired_;
};

}  // namespace experiment
}  // namespace v1
}  // namespace unfork

#endif  // UNFORK_EXPERIMENT_CLIENT_H_
