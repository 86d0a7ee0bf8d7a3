#define _GNU_SOURCE
#include "CPages.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

ssize_t tenfold_pages_pipe(int ends[2]) {
  // splice(2) has no flag that keeps the signal of a closed connection away.
  sigset_t closed;
  sigemptyset(&closed);
  sigaddset(&closed, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &closed, NULL);
  if (pipe2(ends, O_CLOEXEC) != 0) return -errno;
  // As much as users without rights may have; who has many pipes gets small ones.
  (void)fcntl(ends[1], F_SETPIPE_SZ, 1 << 20);
  int room = fcntl(ends[1], F_GETPIPE_SZ);
  if (room > 0) return room;
  int error = errno;
  close(ends[0]);
  close(ends[1]);
  ends[0] = ends[1] = -1;
  return -error;
}

ssize_t tenfold_pages_take(int into, const struct iovec *pieces, size_t count) {
  ssize_t bytes = vmsplice(into, pieces, count, SPLICE_F_NONBLOCK);
  return bytes < 0 ? -errno : bytes;
}

ssize_t tenfold_pages_send(int from, int socket, size_t count, int more) {
  return splice(from, NULL, socket, NULL, count, more ? SPLICE_F_MORE : 0);
}

static int is_zero(const uint8_t *bytes, size_t count) {
  uint64_t any = 0;
  size_t place = 0;
  for (; place + 64 <= count && any == 0; place += 64) {
    uint64_t words[8];
    memcpy(words, bytes + place, sizeof words);
    any = words[0] | words[1] | words[2] | words[3] | words[4] | words[5] | words[6] | words[7];
  }
  for (; place < count && any == 0; place++) any = bytes[place];
  return any == 0;
}

void tenfold_pages_clear(void *bytes, size_t count) {
  // Of the system's pages none is smaller.
  const size_t page = 4096;
  uint8_t *next = bytes;
  while (count > 0) {
    size_t part = page - ((uintptr_t)next & (page - 1));
    if (part > count) part = count;
    if (!is_zero(next, part)) memset(next, 0, part);
    next += part;
    count -= part;
  }
}
