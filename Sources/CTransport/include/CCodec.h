#ifndef TENFOLD_CODEC_H
#define TENFOLD_CODEC_H

#include <stddef.h>
#include <stdint.h>

/// Ways to make bytes fewer, by libraries of the system that are loaded when they are first needed.
enum tenfold_codec {
  TENFOLD_LZ4 = 1,
  TENFOLD_ZSTD = 2,
};

/// Which of them this machine has: the sum of their numbers.
int tenfold_codecs(void);

/// What a thread needs to work with them; NULL without memory. Used by one thread at a time.
struct tenfold_coder;
struct tenfold_coder *tenfold_coder_make(void);
void tenfold_coder_free(struct tenfold_coder *coder);

/// Bytes that it takes at most.
size_t tenfold_encoded_bound(enum tenfold_codec codec, size_t count);

/// Bytes that were written; 0 where that failed, or `room` is too small.
size_t tenfold_encode(struct tenfold_coder *coder, enum tenfold_codec codec, int level, void *into,
                      size_t room, const void *from, size_t count);

/// 1 where exactly `count` bytes came of it, 0 for bytes that are none of this codec.
int tenfold_decode(struct tenfold_coder *coder, enum tenfold_codec codec, void *into, size_t count,
                   const void *from, size_t encoded);

/// 128 bits that tell pages of a multiple of 64 bytes apart.
void tenfold_page_number(const void *page, size_t count, uint64_t number[2]);

#endif
