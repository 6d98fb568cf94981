/** Owns the global names that belong to the toolchain, the system or a fixed contract: never renamed on discovery. */

const CONTRACTS = [
  "main wmain WinMain wWinMain DllMain WinMainCRTStartup JNI_OnLoad JNI_OnUnload _Pragma",
  "LLVMFuzzerTestOneInput LLVMFuzzerInitialize LLVMFuzzerCustomMutator LLVMFuzzerCustomCrossOver",
  "kASanDefaultOptions kASanDefaultSuppressions kLSanDefaultOptions kLSanDefaultSuppressions kMSanDefaultOptions kTSanDefaultOptions kTSanDefaultSuppressions kUBSanDefaultOptions kUBSanDefaultSuppressions",
];

/** ISO C library functions and objects (ISO/IEC 9899, clause 7). */
const C_LIBRARY = [
  "abort abs acos acosf acosh asctime asin asinf asprintf atan atan2 atan2f atanf atexit atof atoi atol atoll bsearch calloc cbrt ceil ceilf clearerr",
  "clock copysign cos cosf cosh ctime difftime div errno exit exp exp2 expf expm1 fabs fabsf fclose fdim feof ferror fflush fgetc fgetpos fgets floor floorf",
  "fma fmax fmaxf fmin fminf fmod fmodf fopen fprintf fputc fputs fread free freopen frexp fscanf fseek fsetpos ftell fwrite getc getchar getenv gets gmtime",
  "hypot hypotf ilogb isalnum isalpha isascii isblank iscntrl isdigit isfinite isgraph isinf islower isnan isprint ispunct isspace isupper isxdigit labs",
  "ldexp ldiv lgamma llabs llrint llround localeconv localtime log log10 log10f log1p log2 log2f logf longjmp lrint lrintf lround lroundf malloc mblen mbstowcs",
  "mbtowc memchr memcmp memcpy memmove memset mktime modf nan nearbyint nextafter perror pow powf printf putc putchar puts qsort quick_exit raise rand realloc",
  "remainder remove rename rewind rint rintf round roundf scanf setbuf setjmp setlocale setvbuf signal sin sinf sinh snprintf sprintf sqrt sqrtf srand sscanf",
  "stderr stdin stdout strcat strchr strcmp strcoll strcpy strcspn strerror strftime strlen strncat strncmp strncpy strpbrk strrchr strspn strstr strtod strtof",
  "strtok strtol strtold strtoll strtoul strtoull strxfrm system tan tanf tanh tgamma time timespec_get tmpfile tmpnam tolower toupper trunc truncf ungetc va_arg",
  "vasprintf vfprintf vfscanf vprintf vscanf vsnprintf vsprintf vsscanf wcscat wcschr wcscmp wcscpy wcslen wcsncpy wcsstr wcstombs wctomb tm timespec lconv div_t ldiv_t lldiv_t FILE",
];

/** Its functions of numbers (7.12), each also with `f` and `l` behind it, and with GCC's libquadmath's `q`. */
const C_MATH = [
  "acos acosh asin asinh atan atan2 atanh cbrt ceil copysign cos cosh erf erfc exp exp2 expm1 fabs fdim floor fma fmax fmin fmod frexp hypot ilogb ldexp",
  "lgamma llrint llround log log10 log1p log2 logb lrint lround modf nan nearbyint nextafter nexttoward pow remainder remquo rint round scalbln scalbn sin sinh",
  "sqrt tan tanh tgamma trunc",
];

/** Its functions of wide characters and of the floating-point environment (7.6, 7.28 to 7.30), and the rest of 7.8 and 7.22. */
const C_MORE = [
  "btowc fgetwc fgetws fputwc fputws fwide fwprintf fwscanf getwc getwchar mbrlen mbrtowc mbsinit mbsrtowcs putwc putwchar swprintf swscanf ungetwc vfwprintf",
  "vfwscanf vswprintf vswscanf vwprintf vwscanf wcrtomb wcscoll wcscspn wcsftime wcsncat wcsncmp wcspbrk wcsrchr wcsrtombs wcsspn wcstod wcstof wcstok wcstol",
  "wcstold wcstoll wcstoul wcstoull wcsxfrm wctob wmemchr wmemcmp wmemcpy wmemmove wmemset wprintf wscanf mbstate_t iswalnum iswalpha iswblank iswcntrl iswctype",
  "iswdigit iswgraph iswlower iswprint iswpunct iswspace iswupper iswxdigit towctrans towlower towupper wctrans wctype wctrans_t wctype_t c16rtomb c32rtomb",
  "mbrtoc16 mbrtoc32 feclearexcept fegetenv fegetexceptflag fegetround feholdexcept feraiseexcept fesetenv fesetexceptflag fesetround fetestexcept",
  "feupdateenv fenv_t fexcept_t imaxabs imaxdiv wcstoimax wcstoumax imaxdiv_t at_quick_exit _Exit fpos_t",
];

/** What libquadmath has besides (its manual, "Math Library Routines"). */
const QUADMATH = ["finiteq isinfq isnanq issignalingq j0q j1q jnq y0q y1q ynq quadmath_snprintf signbitq sincosq strtoflt128"];

/** POSIX and common Unix functions and structures that trees replace or declare for systems that lack them (IEEE Std 1003.1). */
const UNIX = [
  "accept access alarm aligned_alloc basename bind bzero chdir chmod chown clock_getres clock_gettime clock_nanosleep clock_settime close closedir connect creat daemon dirname dladdr dlclose",
  "dl_iterate_phdr dlerror dlopen dlsym dup dup2 endpwent environ err errx execl execle execlp execv execve execvp explicit_bzero fchmod fchown fcntl fdopen fileno flock fnmatch fork freeaddrinfo freeifaddrs",
  "fseeko fstat fsync ftello ftruncate getaddrinfo getcwd getdelim getdents getegid getentropy geteuid getgid gethostbyname gethostname getifaddrs getline getnameinfo getopt getopt_long",
  "getopt_long_only getpagesize getpeername getpid getppid getpwnam getpwuid getrandom getrlimit getrusage getservbyname getsockname getsockopt gettid gettimeofday getuid glob gmtime_r iconv",
  "if_indextoname if_nametoindex index inet_addr inet_aton inet_ntoa inet_ntop inet_pton ioctl isatty kill link listen localtime_r lseek lstat madvise memalign memccpy memmem mempcpy memrchr",
  "mincore mkdir mkdtemp mkfifo mkostemp mkstemp mktemp mlock mmap mprotect mremap munlock munmap nanosleep ntohl ntohs htonl htons open opendir openlog optarg opterr optind optopt pathconf",
  "pause pipe pipe2 poll popen posix_madvise posix_memalign pread pselect psignal ptrace putenv pwrite rand_r random read readdir readdir_r readlink readv realpath reallocarray recallocarray",
  "recv recvfrom recvmsg rindex rmdir sbrk sched_yield select sem_destroy sem_init sem_post sem_timedwait sem_trywait sem_wait send sendmsg sendto setenv setgid sethostname setpgid setrlimit",
  "setsid setsockopt setuid shutdown sigaction sigaddset sigemptyset sigfillset siglongjmp sigprocmask sigsetjmp sleep socket socketpair srandom stat statvfs stpcpy stpncpy strcasecmp",
  "strcasestr strchrnul strdup strerror_r strlcat strlcpy strncasecmp strndup strnlen strsep strsignal strtok_r strtonum swab symlink sync sysconf syslog tcgetattr tcsetattr timegm times",
  "truncate ttyname tzset ualarm umask uname unlink unsetenv usleep utime utimes vfork wait waitpid warn warnx write writev program_invocation_name",
  "pthread_atfork pthread_attr_init pthread_cond_destroy pthread_cond_init pthread_cond_signal pthread_cond_timedwait pthread_cond_wait pthread_create pthread_detach pthread_exit pthread_getspecific",
  "pthread_join pthread_key_create pthread_key_delete pthread_mutex_destroy pthread_mutex_init pthread_mutex_lock pthread_mutex_trylock pthread_mutex_unlock pthread_once pthread_self pthread_setspecific",
  "addrinfo cmsghdr dirent dma_buf_sync flock group hostent icmp6_ifstat ifaddrs ifconf ifinfomsg ifreq in6_addr in6_addrlifetime in6_ifreq in6_ifstat in_addr in_addr_t iovec ip_mreq ip_mreqn ipv6_mreq",
  "itimerspec itimerval linger mmsghdr msghdr nlmsghdr option packed passwd pollfd protoent rlimit rtattr rtmsg rusage servent sigaction sigevent siginfo_t sockaddr sockaddr_in sockaddr_in6",
  "accept4 alphasort arc4random arc4random_buf arc4random_uniform backtrace backtrace_symbols bcmp bcopy chroot closefrom confstr copy_file_range crypt ctermid cuserid dprintf drand48 dup3 eaccess",
  "epoll_create epoll_create1 epoll_ctl epoll_data epoll_event epoll_pwait epoll_wait erand48 ether_aton euidaccess eventfd faccessat fallocate fchdir fchmodat fchownat fdatasync fdopendir fexecve ffs ffsl",
  "flockfile fmemopen fpathconf freelocale fstatat fstatfs fstatvfs ftime ftok ftw funlockfile futimens futimes getauxval getdomainname getdtablesize getgrgid getgrgid_r getgrnam getgrnam_r getgrouplist",
  "getgroups gethostbyaddr gethostid getitimer getlogin getlogin_r getmntent getopt_data getpass getpgid getpgrp getpriority getprogname getprotobyname getpwnam_r getpwuid_r getsid getutxent grantpt hcreate",
  "if_freenameindex if_nameindex inet_network initgroups initstate inotify_add_watch inotify_event inotify_init inotify_init1 inotify_rm_watch insque iov ipc_perm iruserok isatty kevent kqueue lchown linkat",
  "lockf logb login_tty lrand48 lsearch lutimes makecontext memccpy mkdirat mknod mkostemps mkstemps mlockall mrand48 msync munlockall newlocale nftw nice nl_langinfo openat openpty pathfind pidfd_open",
  "posix_fadvise posix_fallocate posix_openpt posix_spawn posix_spawnp ppoll prctl preadv process_vm_readv ptsname ptsname_r putmsg pwritev qsort_r readahead recvmmsg regcomp regerror regex_t regexec regfree",
  "renameat renameat2 scandir sched_getaffinity sched_getparam sched_param sched_rr_get_interval sched_setaffinity sched_setparam sched_setscheduler seekdir sem_getvalue sem_open sem_unlink sembuf semctl semget",
  "sendfile sendmmsg setbuffer setegid setenv seteuid setgrent setgroups setitimer setlinebuf setlogin setmode setpriority setprogname setpwent setregid setreuid setresgid setresuid setstate shm_open shm_unlink",
  "shmat shmctl shmdt shmget sigaltstack sigdelset siginterrupt sigismember signalfd signalfd_siginfo sigpause sigpending sigqueue sigsuspend sigtimedwait sigval sigwait sigwaitinfo splice stpncpy strerrorname_np",
  "strlwr strmode strtoimax strtoumax strupr strverscmp swapcontext symlinkat sync_file_range syncfs syscall tcflush tcgetpgrp tcsendbreak tcsetpgrp tee telldir tempnam timer_create timer_delete timer_settime",
  "timerfd_create timerfd_gettime timerfd_settime timingsafe_bcmp timingsafe_memcmp toascii ttyname_r unlinkat unlockpt utimensat utmpx vmsplice wait3 wait4 waitid wcsdup wcsnlen wordexp",
  "clock_t clockid_t dev_t fsblkcnt_t gid_t id_t ino_t key_t mode_t nfds_t nlink_t off_t off64_t pid_t ptrdiff_t sa_family_t sig_atomic_t size_t socklen_t ssize_t suseconds_t time_t uid_t useconds_t wchar_t wint_t",
  "in_port_t uint ushort ulong u_char u_short u_int u_long u_int8_t u_int16_t u_int32_t u_int64_t quad_t u_quad_t caddr_t bool max_align_t char8_t char16_t char32_t va_list jmp_buf sigjmp_buf sigset_t fd_set DIR",
  "sockaddr_nl sockaddr_storage sockaddr_un stat statfs statvfs sysinfo termios timeb timeval timezone tms ucontext_t ucred utimbuf utsname winsize dl_phdr_info",
];

/** Windows structures and functions that trees declare for older SDKs. */
const WINDOWS = [
  "tagTHREADNAME_INFO THREADNAME_INFO _TOKEN_MANDATORY_LABEL TOKEN_MANDATORY_LABEL tagRECT tagPOINT _GUID GUID _FILETIME FILETIME _OVERLAPPED OVERLAPPED _SYSTEM_INFO _LARGE_INTEGER",
  "WSAPOLLFD tagBITMAPINFO tagBITMAPINFOHEADER _OSVERSIONINFOEXW IUnknown",
];

/** Keywords of C and C++, and words that tokens alone cannot tell from names: an assembler may export a label of such a name. */
const KEYWORDS = [
  "alignas alignof and and_eq asm auto bitand bitor bool break case catch char char16_t char32_t char8_t class co_await co_return co_yield compl concept const const_cast consteval",
  "constexpr constinit continue decltype default delete do double dynamic_cast else enum explicit export extern false final float for friend goto if import inline int long module mutable",
  "namespace new noexcept not not_eq nullptr operator or or_eq override private protected public register reinterpret_cast requires restrict return short signed sizeof static static_assert",
  "static_cast struct switch template this thread_local throw true try typedef typeid typename typeof union unsigned using virtual void volatile wchar_t while xor xor_eq",
  "_Alignas _Alignof _Atomic _Bool _Complex _Generic _Imaginary _Noreturn _Static_assert _Thread_local defined",
];

const FIXED: ReadonlySet<string> = new Set([
  ...[...KEYWORDS, ...CONTRACTS, ...C_LIBRARY, ...C_MORE, ...QUADMATH, ...UNIX, ...WINDOWS].flatMap((line) => line.split(" ")),
  ...C_MATH.flatMap((line) => line.split(" ").flatMap((name) => [name, `${name}f`, `${name}l`, `${name}q`])),
]);

/** ISO/IEC 9899, 7.20: `uint8_t`, `int_fast16_t`, `uintptr_t`. */
const STDINT = /^u?int(?:_least|_fast)?(?:\d+|max|ptr)_t$/;

/** Intel's intrinsics, which trees write out for compilers that lack some: `_mm512_set_epi8`. */
const INTRINSIC = /^_mm(?:256|512)?_[a-z0-9_]+$/;

/** Whether a discovered global name must keep its spelling whatever tree defines it, or differs with each line that makes it. */
export function isFixedName(name: string): boolean {
  return (
    FIXED.has(name) ||
    STDINT.test(name) ||
    INTRINSIC.test(name) ||
    name.startsWith("__") ||
    name.startsWith("Java_") ||
    name.startsWith("pthread_") ||
    name.length < 2 ||
    /__(?:LINE|COUNTER)__/.test(name)
  );
}
