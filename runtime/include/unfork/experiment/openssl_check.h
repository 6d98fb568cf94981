// Owns the check of signatures by OpenSSL's libcrypto, 1.1.1 or newer; the only part that needs it.
#ifndef UNFORK_EXPERIMENT_OPENSSL_CHECK_H_
#define UNFORK_EXPERIMENT_OPENSSL_CHECK_H_

#include "unfork/experiment/signature_check.h"

namespace unfork {
inline namespace v1 {
namespace experiment {

class OpensslCheck final : public SignatureCheck {
 public:
  bool Verify(std::string_view public_key, std::string_view message, std::string_view signature) const override;
};

}  // namespace experiment
}  // namespace v1
}  // namespace unfork

#endif  // UNFORK_EXPERIMENT_OPENSSL_CHECK_H_
