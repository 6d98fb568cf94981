// Answers seeds, a line of base64 each, as a device that has taken none: what it says is held against Node's client.
#include <iostream>
#include <string>

#include "unfork/experiment/encoding.h"
#include "vectors.h"

int main(int argc, char** argv) {
  const ue::Json vectors = LoadVectors(argc, argv);
  const ue::SeedTrust trust = TrustOf(vectors);
  const std::int64_t now = At(At(vectors, "trust"), "now").number;
  std::string line;
  while (std::getline(std::cin, line)) {
    std::string document;
    const bool decoded = ue::DecodeBase64(line, document);
    std::cout << (decoded ? ue::JudgeSeed(document, trust, {}, now).answer : "no base64") << "\n";
  }
}
