#ifndef TENFOLD_SHA256_H
#define TENFOLD_SHA256_H

#include <stddef.h>
#include <stdint.h>

/// Takes blocks of 64 bytes into the state of SHA-256 (FIPS 180-4) with the processor's own
/// instructions for it (SHA extensions of x86-64), many times as fast as with plain ones.
///
/// Returns 1, or 0 with nothing done when the processor has none.
int tenfold_sha256_blocks(uint32_t state[8], const uint8_t *message, size_t blocks);

#endif
