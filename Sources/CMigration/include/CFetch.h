#ifndef TENFOLD_FETCH_H
#define TENFOLD_FETCH_H

#include <stddef.h>
#include <stdint.h>

/// Lets threads that touch a page which is not there wait until it is (userfaultfd(2)).
///
/// Returns a descriptor; once it is closed they go on with pages of zeros. Or minus an error number.
int tenfold_fetch_begin(void *base, size_t size);

/// Takes pages away; 0, or minus an error number.
int tenfold_fetch_forget(void *start, size_t size);

/// Waits for a thread that waits for a page.
///
/// Returns 1 and its address, 0 when there was none in time, or minus an error number.
int tenfold_fetch_next(int fd, int milliseconds, uint64_t *address);

/// Puts a page in its place at once, and lets who waits for it go on.
///
/// Returns 1; 0 where it is there already and was left as it is; or minus an error number.
int tenfold_fetch_place(int fd, void *page, const void *content, size_t size);

/// The same with a page of zeros.
int tenfold_fetch_empty(int fd, void *page, size_t size);

/// Lets all threads go on, with pages of zeros where nothing was put.
void tenfold_fetch_end(int fd, void *base, size_t size);

#endif
