#define _GNU_SOURCE
#include "CPages.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
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
  return -error;
}

ssize_t tenfold_pages_take(int into, const struct iovec *pieces, size_t count) {
  ssize_t bytes = vmsplice(into, pieces, count, SPLICE_F_NONBLOCK);
  return bytes < 0 ? -errno : bytes;
}

ssize_t tenfold_pages_send(int from, int socket, size_t count, int more) {
  return splice(from, NULL, socket, NULL, count, more ? SPLICE_F_MORE : 0);
}
