#define _GNU_SOURCE
#include "CFetch.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef UFFD_USER_MODE_ONLY
#define UFFD_USER_MODE_ONLY 1
#endif

int tenfold_fetch_begin(void *base, size_t size) {
  int fd = (int)syscall(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK | UFFD_USER_MODE_ONLY);
  if (fd < 0) return -errno;
  // A page is what comes, and no more than that.
  madvise(base, size, MADV_NOHUGEPAGE);
  struct uffdio_api api = {.api = UFFD_API};
  struct uffdio_register range = {.range = {(uintptr_t)base, size},
                                  .mode = UFFDIO_REGISTER_MODE_MISSING};
  if (ioctl(fd, UFFDIO_API, &api) != 0 || ioctl(fd, UFFDIO_REGISTER, &range) != 0) {
    int error = errno;
    close(fd);
    return -error;
  }
  return fd;
}

int tenfold_fetch_forget(void *start, size_t size) {
  return madvise(start, size, MADV_DONTNEED) == 0 ? 0 : -errno;
}

int tenfold_fetch_next(int fd, int milliseconds, uint64_t *address) {
  struct pollfd waiting = {.fd = fd, .events = POLLIN};
  int ready = poll(&waiting, 1, milliseconds);
  if (ready == 0 || (ready < 0 && errno == EINTR)) return 0;
  if (ready < 0) return -errno;
  struct uffd_msg message;
  ssize_t got = read(fd, &message, sizeof message);
  if (got < 0) return errno == EAGAIN || errno == EINTR ? 0 : -errno;
  if (got != sizeof message || message.event != UFFD_EVENT_PAGEFAULT) return 0;
  *address = message.arg.pagefault.address;
  return 1;
}

int tenfold_fetch_place(int fd, void *page, const void *content, size_t size) {
  for (;;) {
    struct uffdio_copy copy = {.dst = (uintptr_t)page, .src = (uintptr_t)content, .len = size};
    if (ioctl(fd, UFFDIO_COPY, &copy) == 0) return 1;
    if (errno == EEXIST) return 0;
    if (errno != EAGAIN) return -errno;
  }
}

int tenfold_fetch_empty(int fd, void *page, size_t size) {
  for (;;) {
    struct uffdio_zeropage zero = {.range = {(uintptr_t)page, size}};
    if (ioctl(fd, UFFDIO_ZEROPAGE, &zero) == 0) return 1;
    if (errno == EEXIST) return 0;
    if (errno != EAGAIN) return -errno;
  }
}

void tenfold_fetch_end(int fd, void *base, size_t size) {
  struct uffdio_range range = {(uintptr_t)base, size};
  (void)ioctl(fd, UFFDIO_UNREGISTER, &range);
}
