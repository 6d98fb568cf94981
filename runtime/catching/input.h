// Owns the bytes of one case: numbers, lengths and choices are read from them, and zero is the plainest of each.
#ifndef UNFORK_CATCHING_INPUT_H_
#define UNFORK_CATCHING_INPUT_H_

#include <cstddef>
#include <cstdint>
#include <string>

namespace unfork_catch {

// Numbers and texts of the changed sources, which are where something is decided.
struct Words {
  const long long* whole;
  std::size_t whole_count;
  const double* parts;
  std::size_t parts_count;
};
const Words& WordsOfTheChange();

class Input {
 public:
  Input(const unsigned char* bytes, std::size_t size, bool describes) : at_(bytes), end_(bytes + size), describes_(describes) {}

  unsigned char Byte() { return at_ == end_ ? 0 : *at_++; }

  std::uint64_t Raw(std::size_t bytes) {
    std::uint64_t value = 0;
    for (std::size_t each = 0; each < bytes; ++each) value |= static_cast<std::uint64_t>(Byte()) << (8 * each);
    return value;
  }

  // One of `count` things.
  std::size_t Pick(std::size_t count) {
    if (count <= 1) return 0;
    return (count <= 256 ? Byte() : Raw(2)) % count;
  }

  // Of objects: big numbers are rare, since they make them big.
  void Calm(bool calm) { calm_ = calm; }
  bool StaysSmall() { return calm_ && Byte() % 8 != 7; }

  // The call is only written down.
  bool describes() const { return describes_; }
  void Say(const char* text) {
    if (describes_) said_ += text;
  }
  std::string& said() { return said_; }

 private:
  const unsigned char* at_;
  const unsigned char* end_;
  bool describes_;
  bool calm_ = false;
  std::string said_;
};

}  // namespace unfork_catch

#endif  // UNFORK_CATCHING_INPUT_H_
