/* The one program: both flavors tell their version. */
#include <stdio.h>

const char *version_legacy(void);
const char *version_latest(void);

int main(void) {
  printf("%s\n%s\n", version_legacy(), version_latest());
  return 0;
}
