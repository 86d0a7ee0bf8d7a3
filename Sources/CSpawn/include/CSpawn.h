#ifndef TENFOLD_SPAWN_H
#define TENFOLD_SPAWN_H

#include <stddef.h>
#include <sys/types.h>

/// A process and the reading ends of its two outputs, which do not block.
struct tenfold_process {
  pid_t process;
  int output;
  int errors;
};

/// Starts `/bin/sh` in a session of its own, with a script on its standard input, with signals as a
/// shell of a user has them, and with no descriptor of the caller's.
///
/// Returns 0, or an error number when nothing was started.
int tenfold_spawn_script(const void *script, size_t size, char *const arguments[],
                         char *const environment[], struct tenfold_process *started);

#endif
