// Reads signals.
#include "signal_file.h"

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace quick {

std::vector<int16_t> ReadSignal(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path);
  const std::vector<char> bytes{std::istreambuf_iterator<char>(file), {}};
  if (bytes.empty()) throw std::runtime_error(path + " is empty");
  if (bytes.size() % 2 != 0) {
    throw std::runtime_error(path + " has an odd number of bytes: not 16-bit");
  }
  std::vector<int16_t> samples(bytes.size() / 2);
  for (size_t i = 0; i < samples.size(); ++i) {
    const auto low = static_cast<unsigned char>(bytes[2 * i]);
    const auto high = static_cast<unsigned char>(bytes[2 * i + 1]);
    samples[i] = static_cast<int16_t>(low | high << 8);
  }
  return samples;
}

}  // namespace quick
