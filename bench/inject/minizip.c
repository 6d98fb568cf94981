/* Packs texts of this program's own making, unpacks them, and prints the archive's bytes as a sum: alone, or by the flavor of the first argument. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef ALONE
#include "unzip.h"
#include "zip.h"
#define CALL(name) name
#else
#include "minizip/both.h"
#define CALL(name) minizip_of(flavor)->name
#endif

static unsigned long sum_of(const unsigned char* bytes, size_t count) {
  unsigned long sum = 5381;
  for (size_t i = 0; i < count; i++) sum = sum * 33 + bytes[i];
  return sum;
}

int main(int count, char** arguments) {
  const int flavor = count > 1 ? atoi(arguments[1]) : 0;
  const char* path = count > 2 ? arguments[2] : "minizip.zip";
  static char text[200000];
  static unsigned char packed[400000];
  char name[64];
  (void)flavor;
  zipFile zip = CALL(zipOpen64)(path, 0);
  if (zip == NULL) return 1;
  for (int level = 1; level <= 9; level++) {
    for (size_t i = 0; i < sizeof text; i++) text[i] = (char)("abcdefgh \n"[(i * i / 7 + i * (size_t)level) % 10]);
    snprintf(name, sizeof name, "level-%d", level);
    if (CALL(zipOpenNewFileInZip64)(zip, name, NULL, NULL, 0, NULL, 0, "made here", 8, level, 0) != ZIP_OK) return 2;
    if (CALL(zipWriteInFileInZip)(zip, text, sizeof text) != ZIP_OK || CALL(zipCloseFileInZip)(zip) != ZIP_OK) return 3;
  }
  if (CALL(zipClose)(zip, "all of them") != ZIP_OK) return 4;
  FILE* file = fopen(path, "rb");
  if (file == NULL) return 5;
  const size_t size = fread(packed, 1, sizeof packed, file);
  fclose(file);
  printf("archive: %zu bytes, sum %lx\n", size, sum_of(packed, size));
  unzFile unzip = CALL(unzOpen64)(path);
  unz_global_info64 info;
  if (unzip == NULL || CALL(unzGetGlobalInfo64)(unzip, &info) != UNZ_OK) return 6;
  printf("%d entries\n", (int)info.number_entry);
  for (int found = CALL(unzGoToFirstFile)(unzip); found == UNZ_OK; found = CALL(unzGoToNextFile)(unzip)) {
    unz_file_info64 entry;
    if (CALL(unzGetCurrentFileInfo64)(unzip, &entry, name, sizeof name, NULL, 0, NULL, 0) != UNZ_OK) return 7;
    if (CALL(unzOpenCurrentFile)(unzip) != UNZ_OK) return 8;
    const int read = CALL(unzReadCurrentFile)(unzip, text, sizeof text);
    if (CALL(unzCloseCurrentFile)(unzip) != UNZ_OK) return 9;
    printf("%s: %d from %d bytes, crc %lx, sum %lx\n", name, read, (int)entry.compressed_size, entry.crc, sum_of((unsigned char*)text, (size_t)read));
  }
  return CALL(unzClose)(unzip);
}
