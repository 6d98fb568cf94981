// Reads signals: raw 16-bit samples, little-endian, one channel.
#ifndef QUICK_SIGNAL_FILE_H_
#define QUICK_SIGNAL_FILE_H_

#include <cstdint>
#include <string>
#include <vector>

namespace quick {

// Throws std::runtime_error for a file that cannot be read, is empty, or has
// an odd number of bytes.
std::vector<int16_t> ReadSignal(const std::string& path);

}  // namespace quick

#endif  // QUICK_SIGNAL_FILE_H_
