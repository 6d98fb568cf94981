// The C++ client answers every test vector as the TypeScript client does.
#include "vectors.h"

#include "../check.h"
#include "unfork/experiment/assigner.h"
#include "unfork/experiment/bucket.h"
#include "unfork/experiment/encoding.h"

namespace {

std::string BytesOfHex(const std::string& hex) {
  std::string bytes;
  for (std::size_t at = 0; at + 1 < hex.size(); at += 2) bytes.push_back(static_cast<char>(std::stoi(hex.substr(at, 2), nullptr, 16)));
  return bytes;
}

void Expect(const std::string& seen, const std::string& wanted, const std::string& what) {
  if (seen == wanted) return;
  ++failed_checks;
  std::fprintf(stderr, "%s: %s instead of %s\n", what.c_str(), seen.c_str(), wanted.c_str());
}

std::string HexWord(std::uint64_t word) {
  char digits[17];
  std::snprintf(digits, sizeof digits, "%016llx", static_cast<unsigned long long>(word));
  return digits;
}

void HashesAreThoseOfThePaper(const ue::Json& vectors) {
  const ue::Json& hashes = At(vectors, "sipHash");
  unsigned char key[16];
  CHECK(ue::ParseHexKey(TextAt(hashes, "key"), key));
  for (const ue::Json& one : At(hashes, "cases").items) {
    const std::string message = BytesOfHex(TextAt(one, "message"));
    Expect(HexWord(ue::SipHash24(ue::LoadSipKey(key), message.data(), message.size())), TextAt(one, "hash"), "hash of " + TextAt(one, "message"));
  }
}

void UnitsFallIntoTheirBuckets(const ue::Json& vectors) {
  for (const ue::Json& one : At(vectors, "buckets").items) {
    unsigned char key[16];
    CHECK(ue::ParseHexKey(TextAt(one, "salt"), key));
    Expect(std::to_string(ue::BucketOf(ue::LoadSipKey(key), TextAt(one, "unit"))), std::to_string(At(one, "bucket").number), TextAt(one, "unit"));
  }
}

void UnitsHaveTheirPseudonyms(const ue::Json& vectors) {
  for (const ue::Json& one : At(vectors, "pseudonyms").items) {
    Expect(ue::PseudonymOf(TextAt(one, "secret"), TextAt(one, "salt"), TextAt(one, "unit")), TextAt(one, "pseudonym"), TextAt(one, "unit"));
  }
  CHECK(ue::PseudonymOf("short", "", "unit").empty());
}

void EnvelopesSignTheseBytes(const ue::Json& vectors) {
  const ue::Json& envelope = At(vectors, "envelope");
  Expect(ue::PreAuthEncoding(TextAt(envelope, "type"), TextAt(envelope, "payload")), TextAt(envelope, "signed"), "envelope");
}

void SeedsAreTakenOrNot(const ue::Json& vectors) {
  const ue::SeedTrust trust = TrustOf(vectors);
  int steps = 0;
  for (const ue::Json& one : At(vectors, "cases").items) {
    ue::AcceptedSeed previous;
    for (const ue::Json& step : At(one, "steps").items) {
      const ue::Judgement judged = ue::JudgeSeed(DocumentOf(vectors, TextAt(step, "document")), trust, previous, At(step, "now").number);
      Expect(judged.answer, TextAt(step, "answer"), TextAt(one, "name") + ": " + TextAt(step, "document"));
      CHECK(judged.taken == judged.message.empty());
      if (judged.taken) previous = judged.accepted;
      ++steps;
    }
  }
  CHECK(steps > 50);
}

void UnitsGetTheirFlavors(const ue::Json& vectors) {
  int treated = 0;
  for (const ue::Json& one : At(vectors, "assignments").items) {
    ue::Seed seed;
    CHECK(ue::ReadSeed(DocumentOf(vectors, TextAt(one, "document")), seed).empty());
    const ue::Assigner assigner(seed, TextAt(one, "fallback") == "latest" ? ue::Flavor::kLatest : ue::Flavor::kLegacy);
    ue::Units units;
    units.device = TextAt(one, "device");
    const ue::Assignment got = assigner.Assign(TextAt(one, "useCase"), units);
    const ue::Json& wanted = At(one, "answer");
    const std::string what = TextAt(one, "document") + ", " + TextAt(one, "useCase") + ", " + TextAt(one, "device");
    Expect(ue::NameOf(got.flavor), TextAt(wanted, "flavor"), what);
    Expect(ue::NameOf(got.arm), TextAt(wanted, "arm"), what);
    Expect(ue::NameOf(got.reason), TextAt(wanted, "reason"), what);
    CHECK(got.bucket == (At(wanted, "bucket").Is(ue::Json::Kind::kNull) ? -1 : At(wanted, "bucket").number));
    CHECK(got.seed == At(wanted, "seed").number);
    treated += got.arm == ue::Arm::kTreatment ? 1 : 0;
  }
  CHECK(treated > 0);
}

/// Whatever bytes of a seed are lost or changed: it is never taken, and reading never goes astray.
void NoDamagedSeedIsTaken(const ue::Json& vectors) {
  const ue::SeedTrust trust = TrustOf(vectors);
  const std::string& whole = DocumentOf(vectors, "halt ten: a tenth");
  for (std::size_t at = 0; at < whole.size(); ++at) {
    std::string damaged = whole;
    damaged[at] = static_cast<char>(damaged[at] ^ (1 << (at % 7)));
    const ue::Judgement judged = ue::JudgeSeed(damaged, trust, {}, At(At(vectors, "trust"), "now").number);
    if (judged.taken && judged.accepted.version != 10) CHECK(false);
    // What is taken differs in nothing that is signed: blanks, or the spelling of a key's id that another signature does without.
    if (judged.taken) CHECK(judged.seed.base.digest == ue::Sha256Hex(judged.seed.base.envelope.payload));
    if (at % 16 == 0) CHECK(!ue::JudgeSeed(std::string_view(whole).substr(0, at), trust, {}, 0).taken);
  }
}

/// Anybody can send these: they are read before any signature is looked at.
void HugeDocumentsTakeNoLongTime() {
  std::string many = "{";
  for (int index = 0; many.size() < ue::kMaxSeedBytes - 20; ++index) many += "\"" + std::to_string(index) + "\":1,";
  ue::Json value;
  CHECK(ue::ParseStrictJson(many + "\"last\":1}", value));
  CHECK(!ue::ParseStrictJson(many + "\"7\":1}", value));
  CHECK(!ue::ParseStrictJson(std::string(ue::kMaxSeedBytes, '['), value));
  CHECK(!ue::ParseStrictJson(std::string(ue::kMaxSeedBytes, '{'), value));
  ue::Seed seed;
  CHECK(!ue::ReadSeed(std::string(ue::kMaxSeedBytes + 1, ' '), seed).empty());
}

}  // namespace

int main(int argc, char** argv) {
  const ue::Json vectors = LoadVectors(argc, argv);
  HashesAreThoseOfThePaper(vectors);
  UnitsFallIntoTheirBuckets(vectors);
  UnitsHaveTheirPseudonyms(vectors);
  EnvelopesSignTheseBytes(vectors);
  SeedsAreTakenOrNot(vectors);
  UnitsGetTheirFlavors(vectors);
  NoDamagedSeedIsTaken(vectors);
  HugeDocumentsTakeNoLongTime();
  return Finish("vectors");
}
