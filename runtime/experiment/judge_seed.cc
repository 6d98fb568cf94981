// The rules by which a client takes a seed or not; docs/experiments/assignment.md has them in words, vectors.json as cases.
#include "unfork/experiment/judge_seed.h"

#include <algorithm>

#include "unfork/experiment/bucket.h"
#include "unfork/experiment/encoding.h"

namespace unfork {
inline namespace v1 {
namespace experiment {
namespace {

/// Why a seed is not taken; no reason is none.
struct Rejection {
  std::string reason;
  std::string message;
};

bool Has(const std::vector<std::string>& list, const std::string& one) { return std::find(list.begin(), list.end(), one) != list.end(); }

/// Built-in keys and those of a seed, less what is revoked.
std::vector<TrustedKey> Trusted(const std::vector<TrustedKey>& built_in, const std::vector<TrustedKey>& named,
                                const std::vector<std::string>& revoked) {
  std::vector<TrustedKey> keys;
  for (const auto* list : {&built_in, &named}) {
    for (const TrustedKey& key : *list) {
      if (!Has(revoked, key.id)) keys.push_back(key);
    }
  }
  return keys;
}

/// Key ids only choose what is tried.
Rejection Unsigned(const Envelope& envelope, const std::vector<TrustedKey>& keys, const SignatureCheck* check, const std::string& prefix) {
  const std::string message = PreAuthEncoding(envelope.type, envelope.payload);
  bool seen = false;
  for (const Signature& signature : envelope.signatures) {
    const auto key = std::find_if(keys.begin(), keys.end(), [&](const TrustedKey& one) { return one.id == signature.key_id; });
    if (key == keys.end()) continue;
    std::string raw;
    if (check != nullptr && DecodeBase64(key->public_key, raw) && check->Verify(raw, message, signature.bytes)) return {};
    seen = true;
  }
  if (seen) return {prefix + "altered", "a signature of a trusted key does not belong to its text"};
  return {prefix + "unsigned", "no key that is trusted for it signed it"};
}

Rejection WrongBase(const Base& base, const SeedTrust& trust, const AcceptedSeed& previous, const std::vector<std::string>& revoked) {
  if (base.project != trust.project) return {"other-project", "the base is of the project " + base.project};
  std::vector<TrustedKey> signers = Trusted(trust.keys, previous.keys, revoked);
  const auto is_no_signer = [](const TrustedKey& key) { return key.role != KeyRole::kSigner; };
  signers.erase(std::remove_if(signers.begin(), signers.end(), is_no_signer), signers.end());
  return Unsigned(base.envelope, signers, trust.signatures, "");
}

Rejection WrongHalt(const Seed& seed, const SeedTrust& trust, const std::vector<std::string>& revoked) {
  if (!seed.has_halt) return {};
  const Halt& halt = seed.halt;
  Rejection found = Unsigned(halt.envelope, Trusted(trust.keys, seed.base.keys, revoked), trust.signatures, "halt-");
  if (!found.reason.empty()) return found;
  if (halt.project != trust.project || halt.base_version != seed.base.version || halt.base_digest != seed.base.digest) {
    return {"halt-of-another-base", "the halt is of version " + std::to_string(halt.base_version) + ", or of another text of it"};
  }
  if (halt.version > halt.base_version && halt.version <= halt.base_version + kHaltVersions) return {};
  return {"halt-version", "the halt's version does not follow its base's"};
}

bool Raises(const Halt& halt, const AcceptedSeed& previous) {
  return std::any_of(previous.caps.begin(), previous.caps.end(), [&](const auto& before) {
    const auto now = halt.caps.find(before.first);
    return (now == halt.caps.end() ? kBuckets : now->second) > before.second;
  });
}

/// What may follow what: a new base above all that was taken, or another halt of the same base that lowers.
Rejection WrongStep(const Seed& seed, const AcceptedSeed& previous) {
  const std::int64_t version = seed.version();
  const std::string words = "version " + std::to_string(version) + " after " + std::to_string(previous.version);
  if (previous.version == 0) return {};
  if (version < previous.version) return {"rolled-back", words};
  if (seed.base.digest != previous.base_digest) {
    if (seed.base.version > previous.version) return {};
    if (seed.base.version < previous.base_version || version > previous.version) return {"rolled-back", words};
    return {"conflicting", words + " has another content"};
  }
  if (version == previous.version && seed.halt.digest != previous.halt_digest) return {"conflicting", words + " has another halt"};
  if (seed.has_halt && Raises(seed.halt, previous)) return {"halt-raises", "the halt leaves more than the one that was taken"};
  return {};
}

AcceptedSeed Accept(const Seed& seed, const std::vector<std::string>& revoked) {
  AcceptedSeed accepted;
  accepted.version = seed.version();
  accepted.base_version = seed.base.version;
  accepted.base_digest = seed.base.digest;
  accepted.halt_digest = seed.halt.digest;
  accepted.caps = seed.halt.caps;
  accepted.keys = seed.base.keys;
  accepted.revoked = revoked;
  return accepted;
}

Rejection Why(const Seed& seed, const SeedTrust& trust, const AcceptedSeed& previous, const std::vector<std::string>& revoked, std::int64_t now_ms) {
  Rejection why = WrongBase(seed.base, trust, previous, revoked);
  if (why.reason.empty()) why = WrongHalt(seed, trust, revoked);
  if (why.reason.empty()) why = WrongStep(seed, previous);
  if (why.reason.empty() && IsExpired(seed, now_ms)) why = {"expired", "version " + std::to_string(seed.base.version) + " has expired"};
  return why;
}

}  // namespace

bool IsExpired(const Seed& seed, std::int64_t now_ms) noexcept {
  const std::int64_t issued = std::max(seed.base.issued, seed.halt.issued);
  return std::max(now_ms, issued) > seed.base.expires + kExpirySkewMs;
}

std::string PreAuthEncoding(std::string_view type, std::string_view payload) {
  std::string message = "DSSEv1 " + std::to_string(type.size()) + " ";
  message.append(type).append(" ").append(std::to_string(payload.size())).append(" ").append(payload);
  return message;
}

std::vector<TrustedKey> TrustedKeysOf(const std::vector<BuiltInKey>& keys) {
  std::vector<TrustedKey> trusted;
  for (const BuiltInKey& key : keys) {
    std::string raw;
    if (DecodeBase64(key.public_key, raw) && raw.size() == 32) trusted.push_back({KeyIdOf(raw), key.role, key.public_key});
  }
  return trusted;
}

Judgement JudgeSeed(std::string_view bytes, const SeedTrust& trust, const AcceptedSeed& previous, std::int64_t now_ms) {
  Judgement judgement;
  judgement.message = ReadSeed(bytes, judgement.seed);
  judgement.answer = "malformed";
  if (!judgement.message.empty()) return judgement;
  const Seed& seed = judgement.seed;
  std::vector<std::string> revoked = previous.revoked;
  for (const std::string& id : seed.base.revoked) {
    if (!Has(revoked, id)) revoked.push_back(id);
  }
  Rejection why = Why(seed, trust, previous, revoked, now_ms);
  judgement.taken = why.reason.empty();
  judgement.message = why.message;
  const bool same = previous.version != 0 && seed.base.digest == previous.base_digest && seed.halt.digest == previous.halt_digest;
  judgement.answer = judgement.taken ? (same ? "same" : "accepted") : why.reason;
  if (judgement.taken) judgement.accepted = Accept(seed, revoked);
  return judgement;
}

}  // namespace experiment
}  // namespace v1
}  // namespace unfork
