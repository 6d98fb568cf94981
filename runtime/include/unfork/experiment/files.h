// Owns files that are whole or not at all, and survive the end of the process and of the machine. For POSIX systems.
#ifndef UNFORK_EXPERIMENT_FILES_H_
#define UNFORK_EXPERIMENT_FILES_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "unfork/compiler.h"

namespace unfork {
inline namespace v1 {
namespace experiment {

/// A file descriptor that is closed when this ends.
class File {
 public:
  File() noexcept = default;
  explicit File(int descriptor) noexcept : descriptor_(descriptor) {}
  File(File&& other) noexcept : descriptor_(other.descriptor_) { other.descriptor_ = -1; }
  File& operator=(File&& other) noexcept;
  ~File();

  bool IsOpen() const noexcept { return descriptor_ >= 0; }
  int descriptor() const noexcept { return descriptor_; }
  void Close() noexcept;

  /// All bytes or an error: false where the disk is full, for one. Some may be written then.
  bool Write(std::string_view bytes) noexcept;
  /// All bytes at the end, or none: what a full disk took of them is cut off again.
  bool Append(std::string_view bytes) noexcept;
  /// What was written is on disk when this returns.
  bool Sync() noexcept;
  /// Takes the file for this process, until it is closed or the process ends in whatever way; false where another has it.
  bool TryLock() noexcept;
  /// The same, after waiting for the other.
  bool Lock() noexcept;
  /// Whether its name is still there.
  bool HasName() const noexcept;

 private:
  int descriptor_ = -1;
};

/// Readable by its owner only; made when it is not there, added to when it is.
File OpenToAppend(const std::string& path);
/// A new one; not open where it is there already.
File CreateNew(const std::string& path);
File OpenToRead(const std::string& path);

/// False where it cannot be read.
bool ReadFile(const std::string& path, std::string& bytes);

/// By temporary name, fsync, rename and fsync of the folder: a reader sees the old bytes or the new ones, whenever the machine stops.
bool WriteFileAtomic(const std::string& path, std::string_view bytes);

/// With those around it. Readable by its owner only.
bool MakeFolder(const std::string& path);

/// Makes what was renamed in or removed from a folder last.
bool SyncFolder(const std::string& path) noexcept;

/// Names in a folder in byte order, without `.` and `..`.
std::vector<std::string> ListFolder(const std::string& path);

bool RemoveFile(const std::string& path) noexcept;

/// What writers that were killed left beside their files an hour ago or more.
void RemoveLeftovers(const std::string& folder);

/// In ms since 1970 of its last change, -1 where there is none.
std::int64_t ChangedAt(const std::string& path) noexcept;

/// In bytes, 0 where there is none.
std::uint64_t SizeOf(const std::string& path) noexcept;

/// So many unguessable bytes, as twice as many hexadecimal digits.
std::string RandomHex(int bytes);

/// In ms since 1970.
std::int64_t WallClockMs() noexcept;

}  // namespace experiment
}  // namespace v1
}  // namespace unfork

#endif  // UNFORK_EXPERIMENT_FILES_H_
