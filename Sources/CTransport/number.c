#include "CCodec.h"

#include <string.h>

static inline uint64_t turned(uint64_t word, int count) { return word << count | word >> (64 - count); }

// Two sums a column of eight words, each of which is a bijection of its word: the sums of the columns are
// then mixed into two numbers. Nobody's secret hangs on it; pages are compared once more at the end.
void tenfold_page_number(const void *page, size_t count, uint64_t number[2]) {
  enum { COLUMNS = 8 };
  const uint64_t one = 0x9E3779B185EBCA87, two = 0xC2B2AE3D27D4EB4F;
  uint64_t first[COLUMNS], second[COLUMNS], words[COLUMNS];
  for (int column = 0; column < COLUMNS; column++) {
    first[column] = one * (uint64_t)(column + 1);
    second[column] = two * (uint64_t)(column + 1);
  }
  const uint8_t *bytes = page;
  for (size_t place = 0; place + sizeof words <= count; place += sizeof words) {
    memcpy(words, bytes + place, sizeof words);
    for (int column = 0; column < COLUMNS; column++) {
      first[column] = turned(first[column] ^ words[column], 27) * one;
      second[column] = turned(second[column] + words[column], 31) * two;
    }
  }
  uint64_t low = count, high = ~(uint64_t)count;
  for (int column = 0; column < COLUMNS; column++) {
    low = turned(low ^ first[column], 29) * two;
    high = turned(high + second[column], 33) * one;
  }
  number[0] = low ^ low >> 32;
  number[1] = high ^ high >> 29;
}
