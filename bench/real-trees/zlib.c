/* One flavor's side: FLAVOR is a macro of the compiler's command line. Compresses, or inflates what the other compressed. */
#include <string.h>
#include <zlib.h>

#include "flavor.h"

const char *NAME(version)(void) { return NAME(zlibVersion)(); }

unsigned long NAME(pack)(const char *text, unsigned char *out, unsigned long room) {
  return NAME(compress)(out, &room, (const Bytef *)text, strlen(text) + 1) == Z_OK ? room : 0;
}

int NAME(unpack)(const unsigned char *packed, unsigned long length, char *out, unsigned long room) {
  return NAME(uncompress)((Bytef *)out, &room, packed, length) == Z_OK;
}
