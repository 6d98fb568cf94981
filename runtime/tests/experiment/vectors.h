// Owns the test vectors of docs/experiments/vectors.json as the tests read them.
#ifndef UNFORK_TESTS_EXPERIMENT_VECTORS_H_
#define UNFORK_TESTS_EXPERIMENT_VECTORS_H_

#include <cstdio>
#include <cstdlib>
#include <string>

#include "unfork/experiment/json.h"
#include "unfork/experiment/judge_seed.h"
#include "unfork/experiment/openssl_check.h"

namespace ue = unfork::experiment;

inline std::string ReadWhole(const std::string& path) {
  std::string text;
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) return text;
  char piece[65536];
  for (std::size_t count = 0; (count = std::fread(piece, 1, sizeof piece, file)) > 0;) text.append(piece, count);
  std::fclose(file);
  return text;
}

/// The file that the first argument names; the test ends where it cannot be read.
inline ue::Json LoadVectors(int argc, char** argv) {
  ue::Json vectors;
  if (argc < 2 || !ue::ParseStrictJson(ReadWhole(argv[1]), vectors)) {
    std::fprintf(stderr, "usage: %s docs/experiments/vectors.json\n", argv[0]);
    std::exit(2);
  }
  return vectors;
}

inline const ue::Json& At(const ue::Json& value, const char* key) {
  static const ue::Json none;
  const ue::Json* found = value.Find(key);
  if (found == nullptr) std::fprintf(stderr, "no %s in the vectors\n", key);
  return found == nullptr ? none : *found;
}

inline const std::string& TextAt(const ue::Json& value, const char* key) { return At(value, key).text; }

/// What the vectors' client has built in.
inline ue::SeedTrust TrustOf(const ue::Json& vectors) {
  static const ue::OpensslCheck check;
  ue::SeedTrust trust;
  trust.project = TextAt(At(vectors, "trust"), "project");
  trust.signatures = &check;
  for (const ue::Json& key : At(At(vectors, "trust"), "keys").items) {
    trust.keys.push_back({TextAt(key, "id"), ue::KeyRole::kSigner, TextAt(key, "publicKey")});
  }
  return trust;
}

inline const std::string& DocumentOf(const ue::Json& vectors, const std::string& name) { return TextAt(At(vectors, "documents"), name.c_str()); }

#endif  // UNFORK_TESTS_EXPERIMENT_VECTORS_H_
