// Files of POSIX systems, written so that a reader never sees a half.
#include "unfork/experiment/files.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <random>

#include "unfork/experiment/encoding.h"

namespace unfork {
inline namespace v1 {
namespace experiment {
namespace {

constexpr mode_t kOwnerFile = 0600;
constexpr mode_t kOwnerFolder = 0700;

int OpenFile(const std::string& path, int flags) noexcept {
  int descriptor = -1;
  do {
    descriptor = open(path.c_str(), flags | O_CLOEXEC, kOwnerFile);
  } while (descriptor < 0 && errno == EINTR);
  return descriptor;
}

std::string FolderOf(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
}

/// Writes beside the path; "" where the disk did not take it.
std::string WriteBeside(const std::string& path, std::string_view bytes) {
  std::string temporary = path + "." + RandomHex(6) + ".tmp";
  File file = CreateNew(temporary);
  if (file.IsOpen() && file.Write(bytes) && file.Sync()) return temporary;
  RemoveFile(temporary);
  return "";
}

}  // namespace

File& File::operator=(File&& other) noexcept {
  if (this != &other) {
    Close();
    descriptor_ = other.descriptor_;
    other.descriptor_ = -1;
  }
  return *this;
}

File::~File() { Close(); }

void File::Close() noexcept {
  if (descriptor_ >= 0) close(descriptor_);
  descriptor_ = -1;
}

bool File::Write(std::string_view bytes) noexcept {
  while (!bytes.empty()) {
    const ssize_t count = write(descriptor_, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

bool File::Append(std::string_view bytes) noexcept {
  struct stat before;
  if (fstat(descriptor_, &before) != 0) return false;
  if (Write(bytes)) return true;
  // Where even that fails, the next line begins behind a half one, and is lost with it.
  static_cast<void>(!ftruncate(descriptor_, before.st_size));
  return false;
}

bool File::Sync() noexcept {
#if defined(F_FULLFSYNC)
  // On Apple's systems fsync leaves bytes in the disk's own memory.
  if (fcntl(descriptor_, F_FULLFSYNC) == 0) return true;
#endif
  int result = 0;
  do {
    result = fsync(descriptor_);
  } while (result != 0 && errno == EINTR);
  return result == 0;
}

bool File::TryLock() noexcept { return flock(descriptor_, LOCK_EX | LOCK_NB) == 0; }

bool File::Lock() noexcept {
  int result = 0;
  do {
    result = flock(descriptor_, LOCK_EX);
  } while (result != 0 && errno == EINTR);
  return result == 0;
}

bool File::HasName() const noexcept {
  struct stat found;
  return fstat(descriptor_, &found) == 0 && found.st_nlink > 0;
}

File OpenToAppend(const std::string& path) { return File(OpenFile(path, O_WRONLY | O_APPEND | O_CREAT)); }

File CreateNew(const std::string& path) { return File(OpenFile(path, O_WRONLY | O_APPEND | O_CREAT | O_EXCL)); }

File OpenToRead(const std::string& path) { return File(OpenFile(path, O_RDONLY)); }

bool ReadFile(const std::string& path, std::string& bytes) {
  bytes.clear();
  const File file = OpenToRead(path);
  if (!file.IsOpen()) return false;
  char piece[16384];
  while (true) {
    const ssize_t count = read(file.descriptor(), piece, sizeof piece);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return count == 0;
    bytes.append(piece, static_cast<std::size_t>(count));
  }
}

bool WriteFileAtomic(const std::string& path, std::string_view bytes) {
  const std::string temporary = WriteBeside(path, bytes);
  if (temporary.empty()) return false;
  if (std::rename(temporary.c_str(), path.c_str()) == 0) return SyncFolder(FolderOf(path));
  RemoveFile(temporary);
  return false;
}

bool MakeFolder(const std::string& path) {
  if (mkdir(path.c_str(), kOwnerFolder) == 0) return SyncFolder(FolderOf(path));
  struct stat found;
  if (errno == EEXIST) return stat(path.c_str(), &found) == 0 && S_ISDIR(found.st_mode);
  if (errno != ENOENT || FolderOf(path) == path) return false;
  return MakeFolder(FolderOf(path)) && (mkdir(path.c_str(), kOwnerFolder) == 0 || errno == EEXIST);
}

bool SyncFolder(const std::string& path) noexcept {
  File folder(OpenFile(path, O_RDONLY | O_DIRECTORY));
  // Some file systems know no fsync of a folder.
  return folder.IsOpen() && (folder.Sync() || errno == EINVAL || errno == EROFS);
}

std::vector<std::string> ListFolder(const std::string& path) {
  std::vector<std::string> names;
  DIR* folder = opendir(path.c_str());
  if (folder == nullptr) return names;
  while (const dirent* entry = readdir(folder)) {
    const std::string name = entry->d_name;
    if (name != "." && name != "..") names.push_back(name);
  }
  closedir(folder);
  std::sort(names.begin(), names.end());
  return names;
}

bool RemoveFile(const std::string& path) noexcept { return unlink(path.c_str()) == 0; }

void RemoveLeftovers(const std::string& folder) {
  static constexpr std::string_view kEnd = ".tmp";
  for (const std::string& name : ListFolder(folder)) {
    if (name.size() <= kEnd.size() || name.compare(name.size() - kEnd.size(), kEnd.size(), kEnd) != 0) continue;
    const std::string path = folder + "/" + name;
    if (ChangedAt(path) < WallClockMs() - 3600000) RemoveFile(path);
  }
}

std::int64_t ChangedAt(const std::string& path) noexcept {
  struct stat found;
  return stat(path.c_str(), &found) == 0 ? static_cast<std::int64_t>(found.st_mtime) * 1000 : -1;
}

std::uint64_t SizeOf(const std::string& path) noexcept {
  struct stat found;
  return stat(path.c_str(), &found) == 0 ? static_cast<std::uint64_t>(found.st_size) : 0;
}

std::string RandomHex(int bytes) {
  // Of the system's own source in all libraries that this is built with.
  std::random_device source;
  std::string raw;
  for (int index = 0; index < bytes; ++index) raw.push_back(static_cast<char>(source() & 0xff));
  return EncodeHex(raw.data(), raw.size());
}

std::int64_t WallClockMs() noexcept {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

}  // namespace experiment
}  // namespace v1
}  // namespace unfork
