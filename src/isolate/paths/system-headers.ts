/** Owns the names of headers that compilers and systems bring along (ISO C and C++, POSIX, Linux, Windows, Apple). */

const NAMES: ReadonlySet<string> = new Set(
  `assert.h complex.h ctype.h errno.h fenv.h float.h inttypes.h iso646.h limits.h locale.h math.h setjmp.h signal.h stdalign.h
  stdarg.h stdatomic.h stdbit.h stdbool.h stdckdint.h stddef.h stdint.h stdio.h stdlib.h stdnoreturn.h string.h tgmath.h threads.h
  time.h uchar.h wchar.h wctype.h aio.h cpio.h dirent.h dlfcn.h fcntl.h fmtmsg.h fnmatch.h ftw.h glob.h grp.h iconv.h langinfo.h
  libgen.h monetary.h mqueue.h ndbm.h netdb.h nl_types.h poll.h pthread.h pwd.h regex.h sched.h search.h semaphore.h spawn.h
  strings.h stropts.h syslog.h tar.h termios.h trace.h ulimit.h unistd.h utime.h utmpx.h wordexp.h alloca.h byteswap.h elf.h endian.h
  err.h error.h execinfo.h features.h fstab.h getopt.h ifaddrs.h link.h malloc.h memory.h mntent.h obstack.h paths.h pty.h resolv.h
  shadow.h stab.h sysexits.h syscall.h ucontext.h unwind.h utmp.h values.h wait.h immintrin.h emmintrin.h xmmintrin.h pmmintrin.h
  tmmintrin.h smmintrin.h nmmintrin.h wmmintrin.h ammintrin.h mmintrin.h x86intrin.h avxintrin.h cpuid.h intrin.h arm_neon.h arm_sve.h
  arm_acle.h altivec.h msa.h lsxintrin.h lasxintrin.h wasm_simd128.h windows.h Windows.h winsock2.h WinSock2.h winsock.h ws2tcpip.h
  Ws2tcpip.h winbase.h windef.h winnt.h winuser.h shellapi.h shlobj.h objbase.h ole2.h tchar.h io.h conio.h direct.h process.h
  crtdbg.h dbghelp.h psapi.h mmsystem.h d3d9.h d3d11.h d3d12.h dxgi.h initguid.h jni.h TargetConditionals.h Availability.h
  AvailabilityMacros.h libkern.h zircon.h`.split(/\s+/),
);

/** First folders of system headers' paths. */
const FOLDERS =
  /^(?:sys|net|netinet|netinet6|netpacket|arpa|linux|asm|asm-generic|bits|rpc|scsi|mach|mach-o|machine|libkern|objc|os|xpc|dispatch|c\+\+)\//;

export function isSystemHeader(path: string, angled: boolean): boolean {
  return NAMES.has(path) || (angled && (FOLDERS.test(path) || !/[./]/.test(path)));
}
