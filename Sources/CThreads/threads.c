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

int tenfold_stay_on(const unsigned *processors, size_t count) {
  cpu_set_t allowed, wanted;
  CPU_ZERO(&wanted);
  for (size_t place = 0; place < count; place++) {
    if (processors[place] < CPU_SETSIZE) CPU_SET(processors[place], &wanted);
  }
  if (sched_getaffinity(0, sizeof allowed, &allowed) != 0) return 0;
  CPU_AND(&wanted, &wanted, &allowed);
  int left = CPU_COUNT(&wanted);
  if (left == 0 || sched_setaffinity(0, sizeof wanted, &wanted) != 0) return 0;
  return left;
}
