// From bytes to a seed of the right shape. The rules are those of docs/experiments/assignment.md.
#include <algorithm>

#include "unfork/experiment/bucket.h"
#include "unfork/experiment/encoding.h"
#include "unfork/experiment/json.h"
#include "unfork/experiment/seed.h"

namespace unfork {
inline namespace v1 {
namespace experiment {
namespace {

using Kind = Json::Kind;

constexpr std::int64_t kMostVersion = 9007199254740991;

/// Whether the object has all of these keys and no other one.
bool HasJust(const Json& value, std::initializer_list<std::string_view> keys) {
  if (!value.Is(Kind::kObject) || value.keys.size() != keys.size()) return false;
  return std::all_of(keys.begin(), keys.end(), [&](std::string_view key) { return value.Find(key) != nullptr; });
}

bool TextOf(const Json& value, std::string_view key, std::size_t least, std::size_t most, std::string& text) {
  const Json* found = value.Find(key);
  if (found == nullptr || !found->Is(Kind::kText)) return false;
  const std::size_t length = CountCharacters(found->text);
  text = found->text;
  return length >= least && length <= most;
}

bool WholeOf(const Json& value, std::string_view key, std::int64_t least, std::int64_t most, std::int64_t& number) {
  const Json* found = value.Find(key);
  if (found == nullptr || !found->Is(Kind::kNumber)) return false;
  number = found->number;
  return number >= least && number <= most;
}

bool SmallOf(const Json& value, std::string_view key, int least, int most, int& number) {
  std::int64_t whole = 0;
  if (!WholeOf(value, key, least, most, whole)) return false;
  number = static_cast<int>(whole);
  return true;
}

bool MomentOf(const Json& value, std::string_view key, std::int64_t& ms) {
  std::string text;
  return TextOf(value, key, 24, 24, text) && ParseMoment(text, ms);
}

bool IsHex(std::string_view text, std::size_t length) {
  return text.size() == length &&
         std::all_of(text.begin(), text.end(), [](char one) { return (one >= '0' && one <= '9') || (one >= 'a' && one <= 'f'); });
}

bool HexOf(const Json& value, std::string_view key, std::size_t length, std::string& text) {
  return TextOf(value, key, length, length, text) && IsHex(text, length);
}

bool IsName(std::string_view text) {
  const auto is_letter = [](char one) {
    return (one >= 'A' && one <= 'Z') || (one >= 'a' && one <= 'z') || (one >= '0' && one <= '9');
  };
  if (text.empty() || text.size() > 128 || !is_letter(text[0])) return false;
  return std::all_of(text.begin(), text.end(), [&](char one) { return is_letter(one) || one == '.' || one == '_' || one == '-'; });
}

bool NameOfMember(const Json& value, std::string_view key, std::string& text) { return TextOf(value, key, 1, 128, text) && IsName(text); }

bool FlavorOf(const Json& value, std::string_view key, Flavor& flavor) {
  std::string text;
  if (!TextOf(value, key, 6, 6, text)) return false;
  flavor = text == "latest" ? Flavor::kLatest : Flavor::kLegacy;
  return text == "latest" || text == "legacy";
}

bool RoleOf(const Json& value, KeyRole& role) {
  std::string text;
  if (!TextOf(value, "role", 4, 6, text)) return false;
  role = text == "signer" ? KeyRole::kSigner : KeyRole::kHalt;
  return text == "signer" || text == "halt";
}

bool UnitOf(const Json& value, UnitKind& unit) {
  static constexpr std::string_view kNames[] = {"device", "user", "call", "cluster"};
  static constexpr UnitKind kKinds[] = {UnitKind::kDevice, UnitKind::kUser, UnitKind::kCall, UnitKind::kCluster};
  std::string text;
  if (!TextOf(value, "unit", 4, 7, text)) return false;
  for (std::size_t index = 0; index < 4; ++index) {
    unit = kKinds[index];
    if (text == kNames[index]) return true;
  }
  return false;
}

bool ReadArm(const Json& value, ArmRange& range) {
  std::string arm;
  if (!HasJust(value, {"arm", "flavor", "from", "to"}) || !TextOf(value, "arm", 7, 9, arm)) return false;
  if (arm != "treatment" && arm != "control") return false;
  range.arm = arm == "treatment" ? Arm::kTreatment : Arm::kControl;
  return FlavorOf(value, "flavor", range.flavor) && SmallOf(value, "from", 0, kBuckets, range.from) &&
         SmallOf(value, "to", range.from, kBuckets, range.to);
}

bool AreDisjoint(const std::vector<ArmRange>& arms) {
  for (std::size_t first = 0; first < arms.size(); ++first) {
    for (std::size_t second = first + 1; second < arms.size(); ++second) {
      if (std::max(arms[first].from, arms[second].from) < std::min(arms[first].to, arms[second].to)) return false;
    }
  }
  return true;
}

bool ReadUseCase(const std::string& name, const Json& value, SeedUseCase& use_case) {
  if (!IsName(name) || !HasJust(value, {"experiment", "phase", "unit", "salt", "default", "arms"})) return false;
  use_case.name = name;
  const Json& arms = *value.Find("arms");
  if (!arms.Is(Kind::kList) || arms.items.size() > 8) return false;
  for (const Json& arm : arms.items) {
    use_case.arms.emplace_back();
    if (!ReadArm(arm, use_case.arms.back())) return false;
  }
  return TextOf(value, "experiment", 1, 128, use_case.experiment) && SmallOf(value, "phase", 0, 1000000, use_case.phase) &&
         UnitOf(value, use_case.unit) && HexOf(value, "salt", 32, use_case.salt) &&
         FlavorOf(value, "default", use_case.default_flavor) && AreDisjoint(use_case.arms);
}

bool ReadKey(const Json& value, TrustedKey& key) {
  std::string raw;
  return HasJust(value, {"id", "role", "publicKey"}) && HexOf(value, "id", 32, key.id) && RoleOf(value, key.role) &&
         TextOf(value, "publicKey", 44, 44, key.public_key) && DecodeBase64(key.public_key, raw) && raw.size() == 32 &&
         KeyIdOf(raw) == key.id;
}

bool ReadKeys(const Json& value, Base& base) {
  if (!value.Is(Kind::kList) || value.items.size() > 64) return false;
  for (const Json& one : value.items) {
    TrustedKey key;
    if (!ReadKey(one, key)) return false;
    const auto same = [&](const TrustedKey& other) { return other.id == key.id; };
    if (std::any_of(base.keys.begin(), base.keys.end(), same)) return false;
    if (std::find(base.revoked.begin(), base.revoked.end(), key.id) != base.revoked.end()) return false;
    base.keys.push_back(std::move(key));
  }
  return true;
}

bool ReadRevoked(const Json& value, std::vector<std::string>& revoked) {
  if (!value.Is(Kind::kList) || value.items.size() > 256) return false;
  for (const Json& one : value.items) {
    if (!one.Is(Kind::kText) || !IsHex(one.text, 32)) return false;
    revoked.push_back(one.text);
  }
  return true;
}

bool ReadReleases(const Json& value, Base& base) {
  if (!HasJust(value, {"legacy", "latest"})) return false;
  const Json& legacy = *value.Find("legacy");
  const Json& latest = *value.Find("latest");
  return HasJust(legacy, {"release"}) && HasJust(latest, {"release"}) && TextOf(legacy, "release", 1, 128, base.legacy_release) &&
         TextOf(latest, "release", 1, 128, base.latest_release);
}

bool ReadUseCases(const Json& value, std::vector<SeedUseCase>& use_cases) {
  if (!value.Is(Kind::kObject)) return false;
  for (std::size_t index = 0; index < value.keys.size(); ++index) {
    use_cases.emplace_back();
    if (!ReadUseCase(value.keys[index], value.items[index], use_cases.back())) return false;
  }
  return true;
}

bool ReadBase(const Json& value, Base& base) {
  return HasJust(value, {"project", "version", "issued", "expires", "flavors", "keys", "revoked", "useCases"}) &&
         NameOfMember(value, "project", base.project) && WholeOf(value, "version", 1, kMostVersion, base.version) &&
         MomentOf(value, "issued", base.issued) && MomentOf(value, "expires", base.expires) && base.issued < base.expires &&
         ReadReleases(*value.Find("flavors"), base) && ReadRevoked(*value.Find("revoked"), base.revoked) &&
         ReadKeys(*value.Find("keys"), base) && ReadUseCases(*value.Find("useCases"), base.use_cases);
}

bool ReadCap(const Json& value, int& cap) {
  std::string reason;
  const bool has_reason = value.Is(Kind::kObject) && value.Find("reason") != nullptr;
  const bool has_just = has_reason ? HasJust(value, {"cap", "reason"}) : HasJust(value, {"cap"});
  return has_just && SmallOf(value, "cap", 0, kBuckets, cap) && (!has_reason || TextOf(value, "reason", 0, 1024, reason));
}

bool ReadCaps(const Json& value, Halt& halt) {
  if (!value.Is(Kind::kObject)) return false;
  for (std::size_t index = 0; index < value.keys.size(); ++index) {
    int cap = 0;
    if (!IsName(value.keys[index]) || !ReadCap(value.items[index], cap)) return false;
    halt.caps.emplace(value.keys[index], cap);
  }
  return true;
}

bool ReadHalt(const Json& value, Halt& halt) {
  return HasJust(value, {"project", "version", "baseVersion", "baseDigest", "issued", "caps"}) &&
         NameOfMember(value, "project", halt.project) && WholeOf(value, "version", 1, kMostVersion, halt.version) &&
         WholeOf(value, "baseVersion", 1, kMostVersion, halt.base_version) && HexOf(value, "baseDigest", 64, halt.base_digest) &&
         MomentOf(value, "issued", halt.issued) && ReadCaps(*value.Find("caps"), halt);
}

bool ReadSignature(const Json& value, Signature& signature) {
  std::string text;
  return HasJust(value, {"keyid", "sig"}) && HexOf(value, "keyid", 32, signature.key_id) && TextOf(value, "sig", 88, 88, text) &&
         DecodeBase64(text, signature.bytes) && signature.bytes.size() == 64;
}

bool ReadEnvelope(const Json& value, Envelope& envelope) {
  if (!HasJust(value, {"payloadType", "payload", "signatures"}) || !TextOf(value, "payloadType", 1, 128, envelope.type)) return false;
  const Json& payload = *value.Find("payload");
  const Json& signatures = *value.Find("signatures");
  if (!payload.Is(Kind::kText) || !DecodeBase64(payload.text, envelope.payload) || EncodeBase64(envelope.payload) != payload.text) return false;
  if (!signatures.Is(Kind::kList) || signatures.items.empty() || signatures.items.size() > 16) return false;
  for (const Json& one : signatures.items) {
    envelope.signatures.emplace_back();
    if (!ReadSignature(one, envelope.signatures.back())) return false;
  }
  return true;
}

/// Opens the envelope's payload; "" or what is wrong.
template <class Payload>
std::string Open(const Json& value, const char* type, bool (*read)(const Json&, Payload&), Payload& payload, const std::string& what) {
  if (!ReadEnvelope(value, payload.envelope)) return "the " + what + " is no envelope";
  if (payload.envelope.type != type) return "the " + what + " has the payload type " + payload.envelope.type + ", not " + type;
  Json inner;
  if (!ParseStrictJson(payload.envelope.payload, inner) || !read(inner, payload)) return "the " + what + " is not as it must be";
  payload.digest = Sha256Hex(payload.envelope.payload);
  return "";
}

}  // namespace

const char* NameOf(Flavor flavor) noexcept { return flavor == Flavor::kLatest ? "latest" : "legacy"; }

const char* NameOf(Arm arm) noexcept { return arm == Arm::kTreatment ? "treatment" : arm == Arm::kControl ? "control" : ""; }

std::string KeyIdOf(std::string_view raw_key) { return Sha256Hex(raw_key).substr(0, 32); }

std::string ReadSeed(std::string_view bytes, Seed& seed) {
  seed = Seed{};
  if (bytes.size() > kMaxSeedBytes) return "the seed has too many bytes";
  Json value;
  if (!ParseStrictJson(bytes, value) || !value.Is(Kind::kObject)) return "the seed is not a document of a base and, perhaps, a halt";
  const Json* halt = value.Find("halt");
  if (halt != nullptr ? !HasJust(value, {"base", "halt"}) : !HasJust(value, {"base"})) {
    return "the seed is not a document of a base and, perhaps, a halt";
  }
  const std::string wrong = Open(*value.Find("base"), kBaseType, &ReadBase, seed.base, "base");
  if (!wrong.empty() || halt == nullptr) return wrong;
  seed.has_halt = true;
  return Open(*halt, kHaltType, &ReadHalt, seed.halt, "halt");
}

bool ParseMoment(std::string_view text, std::int64_t& ms) noexcept {
  static constexpr std::string_view kForm = "0000-00-00T00:00:00.000Z";
  if (text.size() != kForm.size()) return false;
  for (std::size_t index = 0; index < kForm.size(); ++index) {
    const bool is_digit = text[index] >= '0' && text[index] <= '9';
    if (kForm[index] == '0' ? !is_digit : text[index] != kForm[index]) return false;
  }
  const auto part = [&](std::size_t from, std::size_t count) {
    std::int64_t number = 0;
    for (std::size_t index = from; index < from + count; ++index) number = number * 10 + (text[index] - '0');
    return number;
  };
  const std::int64_t year = part(0, 4);
  const std::int64_t month = part(5, 2);
  const std::int64_t day = part(8, 2);
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  static constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12 || day < 1 || day > kDays[month - 1] + (month == 2 && leap ? 1 : 0)) return false;
  if (part(11, 2) > 23 || part(14, 2) > 59 || part(17, 2) > 59) return false;
  // Days since 1970-01-01 of the Gregorian calendar; years begin in March, so that a leap day is the last.
  const std::int64_t shifted = month > 2 ? year : year - 1;
  const std::int64_t era = (shifted >= 0 ? shifted : shifted - 399) / 400;
  const std::int64_t year_of_era = shifted - era * 400;
  const std::int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const std::int64_t days = era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
  ms = (((days * 24 + part(11, 2)) * 60 + part(14, 2)) * 60 + part(17, 2)) * 1000 + part(20, 3);
  return true;
}

}  // namespace experiment
}  // namespace v1
}  // namespace unfork
