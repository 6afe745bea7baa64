"""A library that counts the system calls that write to files, and kills its process before or within the n-th.

SQLite's own writes are seen by nothing less. It needs a C compiler; what is proven without one is less fine.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

SOURCE = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static long *shared;
static long kill_at;
static pid_t armed;

void crash_arm(void *memory, long at) { shared = memory; kill_at = at; armed = getpid(); }

static int is_file(int fd) {
    struct stat found;
    return armed == getpid() && fstat(fd, &found) == 0 && S_ISREG(found.st_mode);
}

/* Counts a call; returns 1 where the process is to die. */
static int step(const char *what, const char *path) {
    if (!armed || armed != getpid()) return 0;
    long count = __sync_add_and_fetch(shared, 1);
    snprintf((char *)(shared + 1), 1000, "%s %s", what, path);
    return count == kill_at;
}

static void die(void) { kill(getpid(), SIGKILL); for (;;) pause(); }

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int fd, const void *bytes, size_t size) {
    if (fd > 2 && is_file(fd) && step("write", "")) { REAL(write)(fd, bytes, size / 2); die(); }
    return REAL(write)(fd, bytes, size);
}
ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t at) {
    if (is_file(fd) && step("pwrite", "")) { REAL(pwrite64)(fd, bytes, size / 2, at); die(); }
    return REAL(pwrite64)(fd, bytes, size, at);
}
ssize_t pwrite(int fd, const void *bytes, size_t size, off_t at) {
    if (is_file(fd) && step("pwrite", "")) { REAL(pwrite)(fd, bytes, size / 2, at); die(); }
    return REAL(pwrite)(fd, bytes, size, at);
}
int fsync(int fd) { if (step("fsync", "")) die(); return REAL(fsync)(fd); }
int fdatasync(int fd) { if (step("fdatasync", "")) die(); return REAL(fdatasync)(fd); }
int ftruncate64(int fd, off64_t size) { if (step("ftruncate", "")) die(); return REAL(ftruncate64)(fd, size); }
int ftruncate(int fd, off_t size) { if (step("ftruncate", "")) die(); return REAL(ftruncate)(fd, size); }
int rename(const char *old, const char *new) { if (step("rename", new)) die(); return REAL(rename)(old, new); }
int unlink(const char *path) { if (step("unlink", path)) die(); return REAL(unlink)(path); }
int mkdir(const char *path, mode_t mode) { if (step("mkdir", path)) die(); return REAL(mkdir)(path, mode); }

static int opening(const char *path, int flags) { return (flags & O_CREAT) && step("create", path); }
int open64(const char *path, int flags, ...) {
    va_list rest; va_start(rest, flags); mode_t mode = va_arg(rest, mode_t); va_end(rest);
    if (opening(path, flags)) die();
    return REAL(open64)(path, flags, mode);
}
int open(const char *path, int flags, ...) {
    va_list rest; va_start(rest, flags); mode_t mode = va_arg(rest, mode_t); va_end(rest);
    if (opening(path, flags)) die();
    return REAL(open)(path, flags, mode);
}
"""


def build(folder: Path) -> Path | None:
    """Return the library, made in the folder; None where there is no C compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        return None
    source, library = folder / "crash.c", folder / "crash.so"
    source.write_text(SOURCE, "utf-8")
    subprocess.run([compiler, "-O1", "-shared", "-fPIC", "-o", library, source, "-ldl"], check=True)
    return library
