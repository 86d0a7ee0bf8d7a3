#ifndef TENFOLD_PAGES_H
#define TENFOLD_PAGES_H

#include <stddef.h>
#include <sys/types.h>
#include <sys/uio.h>

/// Makes a pipe that pages go through on their way into a socket (pipe(7)): the ends, the one to read
/// from first. The thread that calls it is to use it, and gets no SIGPIPE any more.
///
/// Returns the bytes of whole pages that it has room for, or minus an error number.
ssize_t tenfold_pages_pipe(int ends[2]);

/// Puts pages into an empty pipe without copying them (vmsplice(2)), as many as it has room for.
///
/// Returns bytes, or minus an error number.
ssize_t tenfold_pages_take(int into, const struct iovec *pieces, size_t count);

/// Moves so many bytes of the pipe into a socket (splice(2)); `more` tells that others follow.
///
/// Returns bytes, or -1 with the error number set, as send(2) does.
ssize_t tenfold_pages_send(int from, int socket, size_t count, int more);

/// Makes bytes zero, and writes to none that are: memory that nobody has touched stays the system's.
void tenfold_pages_clear(void *bytes, size_t count);

#endif
