/* NAME(x) is x with this flavor's suffix. */
#define JOIN_WORDS(a, b) a##_##b
#define JOIN(a, b) JOIN_WORDS(a, b)
#define NAME(x) JOIN(x, FLAVOR)
