#define _GNU_SOURCE
#include "CMigration.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

// Headers of the kernels that Debian 12 has do not know these yet (include/uapi/linux of Linux 6.7).
#ifndef UFFD_USER_MODE_ONLY
#define UFFD_USER_MODE_ONLY 1
#endif
#define WRITE_PROTECT_UNPOPULATED (1ULL << 13)
#define WRITE_PROTECT_ASYNC (1ULL << 15)

struct scan {
  uint64_t size, flags, start, end, walk_end, vec, vec_len, max_pages;
  uint64_t category_inverted, category_mask, category_anyof_mask, return_mask;
};
struct region {
  uint64_t start, end, categories;
};
#define SCAN_PAGES _IOWR('f', 16, struct scan)
#define SCAN_PROTECT_AGAIN 1ULL
#define SCAN_CHECK_ASYNC 2ULL
#define PAGE_WRITTEN 2ULL

int tenfold_track_begin(void *base, size_t size) {
  int fd = (int)syscall(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK | UFFD_USER_MODE_ONLY);
  if (fd < 0) return -errno;
  // Those that are there are taken apart by the kernel at their first write; new ones would be dirty as
  // a whole.
  madvise(base, size, MADV_NOHUGEPAGE);
  struct uffdio_api api = {.api = UFFD_API,
                           .features = WRITE_PROTECT_ASYNC | WRITE_PROTECT_UNPOPULATED};
  struct uffdio_register range = {.range = {(uintptr_t)base, size},
                                  .mode = UFFDIO_REGISTER_MODE_WP};
  struct uffdio_writeprotect protect = {.range = {(uintptr_t)base, size},
                                        .mode = UFFDIO_WRITEPROTECT_MODE_WP};
  if (ioctl(fd, UFFDIO_API, &api) != 0 || ioctl(fd, UFFDIO_REGISTER, &range) != 0 ||
      ioctl(fd, UFFDIO_WRITEPROTECT, &protect) != 0) {
    int error = errno;
    close(fd);
    return -error;
  }
  return fd;
}

int tenfold_track_open(void) {
  int fd = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
  return fd < 0 ? -errno : fd;
}

int64_t tenfold_track_collect(int pagemap, void *base, size_t size, uint64_t *next,
                              struct tenfold_written *ranges, size_t most) {
  enum { batch = 512 };
  struct region regions[batch];
  uint64_t start = (uintptr_t)base;
  struct scan scan = {.size = sizeof scan,
                      .flags = SCAN_PROTECT_AGAIN | SCAN_CHECK_ASYNC,
                      .start = start + *next,
                      .end = start + size,
                      .vec = (uintptr_t)regions,
                      .vec_len = most < batch ? most : batch,
                      .category_mask = PAGE_WRITTEN,
                      .return_mask = PAGE_WRITTEN};
  int found = ioctl(pagemap, SCAN_PAGES, &scan);
  if (found < 0) return -errno;
  for (int i = 0; i < found; i++) {
    ranges[i].start = regions[i].start - start;
    ranges[i].end = regions[i].end - start;
  }
  *next = scan.walk_end - start;
  return found;
}
