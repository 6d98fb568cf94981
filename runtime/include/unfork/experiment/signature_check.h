// Owns keys as a client knows them, and the check of signatures as an interface: a program may have a library for it already.
#ifndef UNFORK_EXPERIMENT_SIGNATURE_CHECK_H_
#define UNFORK_EXPERIMENT_SIGNATURE_CHECK_H_

#include <string>
#include <string_view>

#include "unfork/compiler.h"

namespace unfork {
inline namespace v1 {
namespace experiment {

/// A signer signs seeds; a halt key only what lowers them.
enum class KeyRole { kSigner, kHalt };

/// A key that is built into the program: an array of them is a constant.
struct BuiltInKey {
  KeyRole role;
  /// 32 raw bytes of Ed25519 in base64, as `unfork seed keygen` shows it.
  const char* public_key;
};

struct TrustedKey {
  /// The first 32 hexadecimal digits of the SHA-256 of the raw key.
  std::string id;
  KeyRole role = KeyRole::kHalt;
  /// In base64.
  std::string public_key;
};

/// The id of a raw key.
std::string KeyIdOf(std::string_view raw_key);

class SignatureCheck {
 public:
  virtual ~SignatureCheck() = default;

  /// Whether `signature` (64 bytes) is one of `message` by the Ed25519 key (32 bytes; RFC 8032). May be called from any thread.
  virtual bool Verify(std::string_view public_key, std::string_view message, std::string_view signature) const = 0;
};

}  // namespace experiment
}  // namespace v1
}  // namespace unfork

#endif  // UNFORK_EXPERIMENT_SIGNATURE_CHECK_H_
