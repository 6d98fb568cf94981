// Ed25519 by OpenSSL's libcrypto.
#include "unfork/experiment/openssl_check.h"

#include <openssl/evp.h>

#include <memory>

namespace unfork {
inline namespace v1 {
namespace experiment {
namespace {

const unsigned char* BytesOf(std::string_view text) noexcept { return reinterpret_cast<const unsigned char*>(text.data()); }

}  // namespace

bool OpensslCheck::Verify(std::string_view public_key, std::string_view message, std::string_view signature) const {
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(
      EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, BytesOf(public_key), public_key.size()), &EVP_PKEY_free);
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  if (key == nullptr || context == nullptr) return false;
  if (EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) != 1) return false;
  return EVP_DigestVerify(context.get(), BytesOf(signature), signature.size(), BytesOf(message), message.size()) == 1;
}

}  // namespace experiment
}  // namespace v1
}  // namespace unfork
