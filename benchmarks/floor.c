/* What one operation of libsodium costs in C, in microseconds: the floor under the ballot box's times.
   Declared here, because the library comes without its headers where only programs use it. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

int sodium_init(void);
void randombytes_buf(void *out, size_t size);
void crypto_core_ristretto255_scalar_random(unsigned char *out);
void crypto_core_ristretto255_random(unsigned char *out);
int crypto_core_ristretto255_is_valid_point(const unsigned char *p);
int crypto_core_ristretto255_add(unsigned char *out, const unsigned char *p, const unsigned char *q);
int crypto_core_ristretto255_sub(unsigned char *out, const unsigned char *p, const unsigned char *q);
int crypto_scalarmult_ristretto255(unsigned char *out, const unsigned char *n, const unsigned char *p);
int crypto_scalarmult_ristretto255_base(unsigned char *out, const unsigned char *n);
int crypto_sign_seed_keypair(unsigned char *pk, unsigned char *sk, const unsigned char *seed);
int crypto_sign_detached(unsigned char *sig, unsigned long long *size, const unsigned char *m,
                         unsigned long long length, const unsigned char *sk);
int crypto_sign_verify_detached(const unsigned char *sig, const unsigned char *m, unsigned long long length,
                                const unsigned char *pk);

enum { TIMES = 300, ROUNDS = 15 };
static unsigned char n[32], p[32], q[32], out[32], seed[32], pk[32], sk[64], sig[64], m[64];

static void multiply(void) { crypto_scalarmult_ristretto255(out, n, p); }
static void base(void) { crypto_scalarmult_ristretto255_base(out, n); }
static void add(void) { crypto_core_ristretto255_add(out, p, q); }
static void subtract(void) { crypto_core_ristretto255_sub(out, p, q); }
static void is_element(void) { crypto_core_ristretto255_is_valid_point(p); }
static void public_key(void) { crypto_sign_seed_keypair(pk, sk, seed); }
static void sign(void) { crypto_sign_detached(sig, 0, m, sizeof m, sk); }
static void verify(void) { crypto_sign_verify_detached(sig, m, sizeof m, pk); }

static int rising(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* The median of the rounds. */
static double cost(void (*run)(void)) {
  double found[ROUNDS];
  for (int round = 0; round < ROUNDS; round++) {
    struct timespec from, to;
    clock_gettime(CLOCK_MONOTONIC, &from);
    for (int i = 0; i < TIMES; i++) run();
    clock_gettime(CLOCK_MONOTONIC, &to);
    found[round] = ((to.tv_sec - from.tv_sec) * 1e6 + (to.tv_nsec - from.tv_nsec) / 1e3) / TIMES;
  }
  qsort(found, ROUNDS, sizeof *found, rising);
  return found[ROUNDS / 2];
}

int main(void) {
  if (sodium_init() < 0) return 1;
  crypto_core_ristretto255_scalar_random(n);
  crypto_core_ristretto255_random(p);
  crypto_core_ristretto255_random(q);
  randombytes_buf(seed, sizeof seed);
  public_key();
  sign();
  printf("{\"multiply\": %.3f, \"base\": %.3f, \"add\": %.3f, \"subtract\": %.3f, \"is_element\": %.3f, "
         "\"public_key\": %.3f, \"sign\": %.3f, \"verify\": %.3f}\n",
         cost(multiply), cost(base), cost(add), cost(subtract), cost(is_element), cost(public_key), cost(sign),
         cost(verify));
  return 0;
}
