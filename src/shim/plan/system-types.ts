/** Owns types of the system's own headers: the same in both flavors, given as they are. */

/** By name: the header that the shim includes for it. */
const SYSTEM_TYPES: Readonly<Record<string, string>> = {
  FILE: "cstdio",
  fpos_t: "cstdio",
  tm: "ctime",
  timespec: "ctime",
  va_list: "cstdarg",
  __va_list_tag: "cstdarg",
  timeval: "sys/time.h",
  sockaddr: "sys/socket.h",
  sockaddr_in: "netinet/in.h",
  sockaddr_in6: "netinet/in.h",
  sockaddr_storage: "sys/socket.h",
  iovec: "sys/uio.h",
  stat: "sys/stat.h",
  pthread_t: "pthread.h",
  pthread_mutex_t: "pthread.h",
  jmp_buf: "csetjmp",
  sigset_t: "signal.h",
  fd_set: "sys/select.h",
  pollfd: "poll.h",
  lconv: "clocale",
  div_t: "cstdlib",
};

export function isSystemType(name: string): boolean {
  return Object.hasOwn(SYSTEM_TYPES, name);
}

/** The headers that a text needs beside the shim's usual ones, sorted. */
export function systemHeaders(text: string): string[] {
  const words = new Set(text.match(/\b[A-Za-z_]\w*\b/g));
  return [...new Set(Object.entries(SYSTEM_TYPES).flatMap(([name, header]) => (words.has(name) ? [header] : [])))].toSorted();
}
