/** Owns the names of the C and C++ runtime that code calls without registering anything, and those that set something of the process. */

/** Called by initialisers of every program. */
const PLAIN =
  /^(?:__cxa_\w+|__dso_handle|__stack_chk_fail|__gxx_personality_v0|__\w+_chk|_GLOBAL_OFFSET_TABLE_|_Unwind_\w+|mem(?:cpy|set|move|cmp|chr)|str(?:len|cmp|ncmp|cpy|chr|rchr|dup|to\w+)|malloc|free|calloc|realloc|atoi|abort|exit|printf|puts|putchar|fprintf|snprintf|fputs|getenv|_exit|pthread_(?:once|mutex_\w+|key_create))$/;

/** Whether a name belongs to the runtime and keeps no list of what it is called with. */
export function isPlainRuntime(symbol: string): boolean {
  return PLAIN.test(symbol) || /^_Z(?:N[kK]?S|NSt|St|n[wa]|d[la]|TI|TV)/.test(symbol);
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
