/* The one program: each flavor inflates what the other compressed. */
#include <stdio.h>
#include <string.h>

const char *version_legacy(void);
const char *version_latest(void);
unsigned long pack_legacy(const char *, unsigned char *, unsigned long);
unsigned long pack_latest(const char *, unsigned char *, unsigned long);
int unpack_legacy(const unsigned char *, unsigned long, char *, unsigned long);
int unpack_latest(const unsigned char *, unsigned long, char *, unsigned long);

int main(void) {
  const char text[] = "the same text, the same text, the same text through both";
  unsigned char packed[256];
  char back[256];
  unsigned long length = pack_legacy(text, packed, sizeof packed);
  if (length == 0 || !unpack_latest(packed, length, back, sizeof back) || strcmp(text, back) != 0) return 1;
  length = pack_latest(text, packed, sizeof packed);
  if (length == 0 || !unpack_legacy(packed, length, back, sizeof back) || strcmp(text, back) != 0) return 1;
  printf("%s\n%s\n", version_legacy(), version_latest());
  return 0;
}
