#define _GNU_SOURCE
#include "CThreads.h"

#include <errno.h>
#include <sched.h>
#include <stdlib.h>

struct start {
  void *(*body)(void *);
  void *argument;
  cpu_set_t allowed;
};

static void *run(void *pointer) {
  struct start start = *(struct start *)pointer;
  free(pointer);
  // Only the first moment is bound to a processor: threads made by this one inherit the set.
  pthread_setaffinity_np(pthread_self(), sizeof start.allowed, &start.allowed);
  return start.body(start.argument);
}

int tenfold_start_thread(pthread_t *thread, void *(*body)(void *), void *argument) {
  struct start *start = malloc(sizeof *start);
  if (start == NULL) return ENOMEM;
  start->body = body;
  start->argument = argument;
  int here = sched_getcpu();
  pthread_attr_t attributes;
  // Without a set of processors, as on machines with more than 1024, any will do.
  if (here < 0 || here >= CPU_SETSIZE ||
      sched_getaffinity(0, sizeof start->allowed, &start->allowed) != 0 ||
      pthread_attr_init(&attributes) != 0) {
    free(start);
    return pthread_create(thread, NULL, body, argument);
  }
  cpu_set_t others = start->allowed;
  CPU_CLR(here, &others);
  if (CPU_COUNT(&others) > 0) pthread_attr_setaffinity_np(&attributes, sizeof others, &others);
  int failure = pthread_create(thread, &attributes, run, start);
  pthread_attr_destroy(&attributes);
  if (failure != 0) free(start);
  return failure;
}
