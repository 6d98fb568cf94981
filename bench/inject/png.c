/* Writes pictures of this program's own making, reads them again, and prints the files' bytes as sums: alone, or by the flavor of the first argument. */
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef ALONE
#include "png.h"
#define CALL(name) name
#else
#include "png/both.h"
#define CALL(name) png_of(flavor)->name
#endif

static unsigned char file[4000000];
static size_t written, place;

static unsigned long sum_of(const unsigned char* bytes, size_t count) {
  unsigned long sum = 5381;
  for (size_t i = 0; i < count; i++) sum = sum * 33 + bytes[i];
  return sum;
}

static void put(png_structp png, png_bytep bytes, size_t count) {
  (void)png;
  memcpy(file + written, bytes, count);
  written += count;
}

static void flush(png_structp png) { (void)png; }

static void take(png_structp png, png_bytep bytes, size_t count) {
  (void)png;
  memcpy(bytes, file + place, count);
  place += count;
}

int main(int count, char** arguments) {
  const int flavor = count > 1 ? atoi(arguments[1]) : 0;
  static unsigned char row[640 * 4];
  (void)flavor;
  for (int level = 1; level <= 9; level += 4)
    for (int type = 0; type < 3; type++) {
      const int color = type == 0 ? PNG_COLOR_TYPE_GRAY : type == 1 ? PNG_COLOR_TYPE_RGB : PNG_COLOR_TYPE_RGB_ALPHA;
      const size_t width = 640 * (type == 0 ? 1 : (size_t)type + 2);
      written = place = 0;
      png_structp writer = CALL(png_create_write_struct)(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
      png_infop info = CALL(png_create_info_struct)(writer);
      if (writer == NULL || info == NULL) return 1;
      CALL(png_set_write_fn)(writer, NULL, put, flush);
      CALL(png_set_compression_level)(writer, level);
      CALL(png_set_IHDR)(writer, info, 640, 480, 8, color, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
      CALL(png_write_info)(writer, info);
      for (size_t y = 0; y < 480; y++) {
        for (size_t x = 0; x < width; x++) row[x] = (unsigned char)((x * y / 13 + x * (size_t)level) ^ (y >> 2));
        CALL(png_write_row)(writer, row);
      }
      CALL(png_write_end)(writer, info);
      CALL(png_destroy_write_struct)(&writer, &info);
      printf("level %d, color %d: %zu bytes, sum %lx", level, color, written, sum_of(file, written));
      png_structp reader = CALL(png_create_read_struct)(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
      info = CALL(png_create_info_struct)(reader);
      CALL(png_set_read_fn)(reader, NULL, take);
      CALL(png_read_info)(reader, info);
      unsigned long sum = 0;
      for (size_t y = 0; y < 480; y++) {
        CALL(png_read_row)(reader, row, NULL);
        sum = sum * 31 + sum_of(row, width);
      }
      CALL(png_read_end)(reader, info);
      printf("; read %d x %d, sum %lx\n", (int)CALL(png_get_image_width)(reader, info), (int)CALL(png_get_image_height)(reader, info), sum);
      CALL(png_destroy_read_struct)(&reader, &info, NULL);
    }
  return 0;
}
