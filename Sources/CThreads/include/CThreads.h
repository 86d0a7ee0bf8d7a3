#ifndef TENFOLD_THREADS_H
#define TENFOLD_THREADS_H

#include <pthread.h>
#include <stddef.h>

/// Starts a thread on another processor than the caller's, where there is one; it may move later.
///
/// The kernel often leaves a new thread beside its maker for several milliseconds, even while other
/// processors are idle: as long as most of what Tenfold does at once takes.
///
/// Returns 0, or an error number when there is no thread.
int tenfold_start_thread(pthread_t *thread, void *(*body)(void *), void *argument);

/// Lets the calling thread run only on some of the processors on which it may run; on all of these where
/// none of them is among them.
///
/// Returns how many are left, or 0 where nothing was changed.
int tenfold_stay_on(const unsigned *processors, size_t count);

#endif
