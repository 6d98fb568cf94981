// The kept seed: its document as it came, and the trust that it was judged by.
#include "unfork/experiment/seed_store.h"

#include <algorithm>
#include <cstdio>

#include "unfork/experiment/files.h"
#include "unfork/experiment/json.h"

namespace unfork {
inline namespace v1 {
namespace experiment {
namespace {

constexpr char kPrefix[] = "seed-";
constexpr char kSuffix[] = ".json";
constexpr std::size_t kDigits = 16;

std::string NameOfVersion(std::int64_t version) {
  char name[40];
  std::snprintf(name, sizeof name, "seed-%016lld.json", static_cast<long long>(version));
  return name;
}

/// The version in a file's name, or 0.
std::int64_t VersionIn(const std::string& name) {
  if (name.size() != sizeof kPrefix - 1 + kDigits + sizeof kSuffix - 1 || name.compare(0, 5, kPrefix) != 0 || name.compare(21, 5, kSuffix) != 0) return 0;
  std::int64_t version = 0;
  for (std::size_t index = 5; index < 5 + kDigits; ++index) {
    if (name[index] < '0' || name[index] > '9') return 0;
    version = version * 10 + (name[index] - '0');
  }
  return version;
}

std::string TextOf(const StoredSeed& seed) {
  std::string text = "{\"document\":";
  AppendJsonText(text, seed.document);
  text += ",\"etag\":";
  AppendJsonText(text, seed.etag);
  text += ",\"judgedBy\":[";
  for (const TrustedKey& key : seed.judged_by) {
    if (&key != &seed.judged_by.front()) text += ",";
    text += "{\"id\":";
    AppendJsonText(text, key.id);
    text += key.role == KeyRole::kSigner ? ",\"role\":\"signer\",\"publicKey\":" : ",\"role\":\"halt\",\"publicKey\":";
    AppendJsonText(text, key.public_key);
    text += "}";
  }
  text += "],\"revoked\":[";
  for (const std::string& id : seed.revoked) {
    if (&id != &seed.revoked.front()) text += ",";
    AppendJsonText(text, id);
  }
  return text + "]}\n";
}

const std::string* TextIn(const Json& value, std::string_view key) {
  const Json* found = value.Find(key);
  return found != nullptr && found->Is(Json::Kind::kText) ? &found->text : nullptr;
}

bool Parse(const std::string& text, StoredSeed& seed) {
  Json value;
  if (!ParseStrictJson(text, value)) return false;
  const std::string* document = TextIn(value, "document");
  const std::string* etag = TextIn(value, "etag");
  const Json* judged_by = value.Find("judgedBy");
  const Json* revoked = value.Find("revoked");
  if (document == nullptr || etag == nullptr || judged_by == nullptr || revoked == nullptr) return false;
  seed = StoredSeed{*document, *etag, {}, {}};
  for (const Json& one : judged_by->items) {
    const std::string* id = TextIn(one, "id");
    const std::string* role = TextIn(one, "role");
    const std::string* public_key = TextIn(one, "publicKey");
    if (id == nullptr || role == nullptr || public_key == nullptr) return false;
    seed.judged_by.push_back({*id, *role == "signer" ? KeyRole::kSigner : KeyRole::kHalt, *public_key});
  }
  for (const Json& one : revoked->items) seed.revoked.push_back(one.text);
  return true;
}

}  // namespace

SeedStore::SeedStore(std::string folder, TellFn tell) : folder_(std::move(folder)), tell_(std::move(tell)) {}

std::vector<std::string> SeedStore::Names() const {
  std::vector<std::string> names = ListFolder(folder_);
  names.erase(std::remove_if(names.begin(), names.end(), [](const std::string& name) { return VersionIn(name) == 0; }), names.end());
  std::reverse(names.begin(), names.end());
  return names;
}

std::int64_t SeedStore::NewestVersion() const {
  const std::vector<std::string> names = Names();
  return names.empty() ? 0 : VersionIn(names.front());
}

bool SeedStore::Load(StoredSeed& seed) const {
  for (const std::string& name : Names()) {
    std::string text;
    if (ReadFile(folder_ + "/" + name, text) && Parse(text, seed)) return true;
    tell_(folder_ + "/" + name + " is damaged and is not used");
  }
  return false;
}

bool SeedStore::Save(const StoredSeed& seed, std::int64_t version) const {
  if (!WriteFileAtomic(folder_ + "/" + NameOfVersion(version), TextOf(seed))) return false;
  const std::vector<std::string> names = Names();
  for (std::size_t index = 2; index < names.size(); ++index) RemoveFile(folder_ + "/" + names[index]);
  return true;
}

}  // namespace experiment
}  // namespace v1
}  // namespace unfork
