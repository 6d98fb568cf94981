// Owns the last good seed on disk: a file per version, so that two processes of one program never put an older one in a newer one's place.
#ifndef UNFORK_EXPERIMENT_SEED_STORE_H_
#define UNFORK_EXPERIMENT_SEED_STORE_H_

#include <functional>
#include <string>
#include <vector>

#include "unfork/experiment/judge_seed.h"

namespace unfork {
inline namespace v1 {
namespace experiment {

/// Told of what is rejected, damaged or could not be written.
using TellFn = std::function<void(const std::string& message)>;

struct StoredSeed {
  /// As it was fetched.
  std::string document;
  std::string etag;
  /// The keys of the seed before it and what was revoked till then: the kept seed is judged by them again.
  std::vector<TrustedKey> judged_by;
  std::vector<std::string> revoked;
};

/// `seed-0000000000000042.json` in a folder; the newest two are kept.
class SeedStore {
 public:
  SeedStore(std::string folder, TellFn tell);

  /// The newest that can be read; false where there is none.
  bool Load(StoredSeed& seed) const;
  bool Save(const StoredSeed& seed, std::int64_t version) const;
  /// Of the newest file, by its name; 0 without one.
  std::int64_t NewestVersion() const;

 private:
  std::vector<std::string> Names() const;

  std::string folder_;
  TellFn tell_;
};

}  // namespace experiment
}  // namespace v1
}  // namespace unfork

#endif  // UNFORK_EXPERIMENT_SEED_STORE_H_
