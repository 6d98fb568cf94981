/** Owns the names of the C and C++ runtime that code calls without registering anything, and those that set something of the process. */

/** Names of the C runtime's functions, in words that may have the endings given. */
const PLAIN: readonly RegExp[] = [
  // What compilers call.
  /^(?:__cxa_\w+|__libc_\w+|__dso_handle|__stack_chk_fail|__\w+_personality_v\d|__\w+_chk|_GLOBAL_OFFSET_TABLE_|std(?:in|out|err)|environ|opt(?:arg|ind|err|opt)|_Unwind_\w+|__tls_get_addr|__errno_location|__(?:add|sub|mul|div|mod|u?div|ashl|lshr|fix|float|extend|trunc|pow)\w*[dstx]f?i?[234]?)$/,
  // Assertions and the end of the program.
  /^(?:__assert\w*|_*w?assert|abort|_?exit|_Exit|quick_exit|perror|errx?|warnx?|psignal)$/,
  // Memory and texts.
  /^(?:w?mem(?:cpy|pcpy|set|move|cmp|r?chr|mem|ccpy)|(?:str|wcs)(?:n?len|n?(?:case)?cmp|n?cpy|l?cpy|n?cat|r?chr|chrnul|p?brk|c?spn|(?:case)?str|n?dup|tok(?:_r)?|sep|coll|xfrm|error(?:_r)?|signal|to(?:[dfl]|l[dl]|ull?|[iu]max))|stp?n?cpy|malloc|free|calloc|realloc(?:array)?|aligned_alloc|posix_memalign|ato[fil]|atoll|to(?:w?upper|w?lower|ascii)|isw?(?:alnum|alpha|ascii|blank|cntrl|x?digit|graph|lower|print|punct|space|upper)|mbs?r?towcs?|wcs?r?tombs?|bcmp|bcopy|bzero|qsort|bsearch|l?l?(?:div|abs))$/,
  // Input and output.
  /^(?:v?(?:f|s|sn|as|d|sw|fw|w)?(?:printf|scanf)|f?put[cs]|putchar|f?get[cs]|getline|f(?:open|close|read|write|flush|seeko?|tello?|ileno|eof|error)(?:64)?|setv?buf|open(?:at)?(?:64)?|close|p?read(?:64)?|p?write(?:64)?|[fl]?stat(?:at)?(?:64)?|access|unlink|remove|rename|mkdir|rmdir|opendir|readdir(?:64)?|closedir|readlink|realpath|getcwd|syslog)$/,
  // Numbers.
  /^(?:a?(?:sin|cos|tan)h?|atan2|sincos|exp(?:2|10|m1)?|log(?:2|10|1p|b)?|pow|sqrt|cbrt|hypot|erfc?|[lt]gamma(?:_r)?|ceil|floor|trunc|l{0,2}r(?:ound|int)|round|nearbyint|fmod|remainder|remquo|frexp|ldexp|modf|scalbl?n|fabs|fdim|fm(?:ax|in|a)|copysign|nan|nextafter|nexttoward|[jy][01n])(?:[fl]|f(?:16|32|64|128)x?)?$/,
  // The process, its time and its threads.
  /^(?:(?:secure_)?getenv|getpid|getppid|gete?[ug]id|gettid|sysconf|uname|time|clock(?:_gettime)?|gettimeofday|(?:local|gm)time(?:_r)?|mktime|strftime|nanosleep|usleep|sleep|atexit|dl(?:open|sym|close|error|addr)|pthread_(?:once|(?:mutex|cond|key|attr|rwlock)\w*|self|equal|[gs]etspecific)|sem_(?:init|post|wait|trywait|timedwait|destroy)|rand(?:om)?)$/,
];

/** Whether a name belongs to the runtime and keeps no list of what it is called with. */
export function isPlainRuntime(symbol: string): boolean {
  if (/^_{1,2}Z(?:N[kKVrR]*S[absiod]?|NSt|NKSt|St|n[wa]|d[la]|T[IV])/.test(symbol) || /^\?.*@std@@/.test(symbol)) return true;
  const name = symbol.replace(/^__imp_|^__isoc\d+_/, "");
  return PLAIN.some((names) => names.test(name) || (name.startsWith("_") && names.test(name.slice(1))));
}

/** What sets something that a process has once, with what that is. By C name, or mangled. */
export const PROCESS_WIDE: ReadonlyMap<string, string> = new Map([
  ...set("signal handlers", "signal sigaction sigset bsd_signal sysv_signal __sysv_signal"),
  ...set("the stack of signal handlers", "sigaltstack"),
  ...set("the environment", "setenv unsetenv putenv clearenv"),
  ...set("the locale", "setlocale _ZNSt6locale6globalERKS_"),
  ...set("the time zone", "tzset"),
  ...set("the seed of rand", "srand srandom srand48 seed48"),
  ...set("the working folder", "chdir fchdir"),
  ...set("the mask of new files' modes", "umask"),
  ...set("limits of resources", "setrlimit setrlimit64"),
  ...set("attributes of the process", "prctl setpriority nice sched_setaffinity setproctitle"),
  ...set("names of threads", "pthread_setname_np"),
  ...set("the log's identity", "openlog closelog setlogmask"),
  ...set("handlers of uncaught exceptions", "_ZSt13set_terminatePFvvE _ZSt14set_unexpectedPFvvE"),
  ...set("the handler of failed allocations", "_ZSt15set_new_handlerPFvvE"),
  ...set("the allocator", "mallopt malloc_trim"),
  ...set("the rounding and the exceptions of floating point", "fesetround feenableexcept fedisableexcept fesetenv"),
  ...set("handlers of fork", "pthread_atfork __register_atfork"),
  ...set("where standard streams lead", "freopen freopen64 dup2"),
]);

function set(what: string, names: string): (readonly [string, string])[] {
  return names.split(" ").map((name) => [name, what]);
}
