// Owns what the measuring program is asked for, read from its arguments.
#ifndef UNFORK_MEASURE_REQUEST_H_
#define UNFORK_MEASURE_REQUEST_H_

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "limits.h"

namespace measure {

struct Request {
  std::string result;
  long cpu = -1;
  double seconds = 0;
  long cpu_seconds = 0;
  long long file_bytes = 0;
  long long address_bytes = 0;
  Limits together;
  char** command = nullptr;
};

[[noreturn]] inline void Usage(const char* why) {
  std::fprintf(stderr, "measure: %s\n", why);
  std::exit(2);
}

inline bool Takes(const char* argument, const char* key, const char** value) {
  const std::size_t length = std::strlen(key);
  if (std::strncmp(argument, key, length) != 0 || argument[length] != '=') return false;
  *value = argument + length + 1;
  return true;
}

inline Request Parse(int count, char** arguments) {
  Request request;
  if (count < 4) Usage("RESULT, -- and a command are wanted");
  request.result = arguments[1];
  int index = 2;
  for (; index < count && std::strcmp(arguments[index], "--") != 0; ++index) {
    const char* value = nullptr;
    if (Takes(arguments[index], "cpu", &value)) request.cpu = std::atol(value);
    else if (Takes(arguments[index], "seconds", &value)) request.seconds = std::atof(value);
    else if (Takes(arguments[index], "cpu-seconds", &value)) request.cpu_seconds = std::atol(value);
    else if (Takes(arguments[index], "file-bytes", &value)) request.file_bytes = std::atoll(value);
    else if (Takes(arguments[index], "address-bytes", &value)) request.address_bytes = std::atoll(value);
    else if (Takes(arguments[index], "memory-bytes", &value)) request.together.memory_bytes = std::atoll(value);
    else if (Takes(arguments[index], "disk-bytes", &value)) request.together.disk_bytes = std::atoll(value);
    else if (Takes(arguments[index], "disk-folder", &value)) request.together.folders.push_back(value);
    else if (Takes(arguments[index], "processes", &value)) request.together.processes = std::atol(value);
    else Usage(arguments[index]);
  }
  if (index + 1 >= count) Usage("a command is wanted behind --");
  request.command = arguments + index + 1;
  return request;
}

}  // namespace measure

#endif  // UNFORK_MEASURE_REQUEST_H_
