// Seeds out of a file.
#include "unfork/experiment/encoding.h"
#include "unfork/experiment/files.h"
#include "unfork/experiment/transport.h"

namespace unfork {
inline namespace v1 {
namespace experiment {

FileFetch::FileFetch(std::string path) : path_(std::move(path)) {}

FetchResult FileFetch::Get(const std::string& etag) {
  FetchResult result;
  if (!ReadFile(path_, result.body)) {
    result.message = path_ + " cannot be read";
    return result;
  }
  result.etag = Sha256Hex(result.body).substr(0, 32);
  result.status = result.etag == etag ? FetchResult::Status::kUnchanged : FetchResult::Status::kFetched;
  return result;
}

}  // namespace experiment
}  // namespace v1
}  // namespace unfork
