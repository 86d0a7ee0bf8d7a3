#ifndef TENFOLD_CEXCHANGE_H
#define TENFOLD_CEXCHANGE_H

/// Exchanges two names in one folder in a single step: renameat2(2) with RENAME_EXCHANGE, which the
/// Swift overlay of the C library does not offer. Returns 0, or -1 with errno set.
int tenfold_exchange(int folder, const char *one, const char *other);

#endif
