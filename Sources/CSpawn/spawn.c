#define _GNU_SOURCE
#include "CSpawn.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <unistd.h>

// A file without a name: the shell may read it in blocks and go back, which a pipe does not allow.
static int script_file(const char *script, size_t size) {
  int file = memfd_create("tenfold-script", MFD_CLOEXEC);
  if (file < 0) return -1;
  while (size > 0) {
    ssize_t done = write(file, script, size);
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) goto failed;
    script += done;
    size -= (size_t)done;
  }
  if (lseek(file, 0, SEEK_SET) == 0) return file;
failed:;
  int failure = errno;
  close(file);
  errno = failure;
  return -1;
}

int tenfold_spawn_script(const void *script, size_t size, char *const arguments[],
                         char *const environment[], struct tenfold_process *started) {
  int input = script_file(script, size);
  if (input < 0) return errno;
  int failure = 0;
  int output[2], errors[2];
  if (pipe2(output, O_CLOEXEC) != 0) {
    failure = errno;
    goto without_output;
  }
  if (pipe2(errors, O_CLOEXEC) != 0) {
    failure = errno;
    goto without_errors;
  }
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  if ((failure = posix_spawn_file_actions_init(&actions)) != 0) goto without_actions;
  if ((failure = posix_spawnattr_init(&attributes)) != 0) goto without_attributes;
  // The caller may block signals that it waits for, and ignore closed pipes.
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setflags(
      &attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  if ((failure = posix_spawn_file_actions_adddup2(&actions, input, 0)) == 0 &&
      (failure = posix_spawn_file_actions_adddup2(&actions, output[1], 1)) == 0 &&
      (failure = posix_spawn_file_actions_adddup2(&actions, errors[1], 2)) == 0) {
    failure = posix_spawn(
        &started->process, "/bin/sh", &actions, &attributes, arguments, environment);
  }
  posix_spawnattr_destroy(&attributes);
without_attributes:
  posix_spawn_file_actions_destroy(&actions);
without_actions:
  close(errors[1]);
  if (failure != 0) close(errors[0]);
without_errors:
  close(output[1]);
  if (failure != 0) {
    close(output[0]);
  } else {
    started->output = output[0];
    started->errors = errors[0];
    fcntl(output[0], F_SETFL, O_NONBLOCK);
    fcntl(errors[0], F_SETFL, O_NONBLOCK);
  }
without_output:
  close(input);
  return failure;
}
