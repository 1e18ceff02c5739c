/*
 * A monotonic clock that can stand still: preloaded into a node (LD_PRELOAD), it takes off the
 * nanoseconds that stand in the file CLOCK_BEHIND, as the clock of a virtual machine lags by the time
 * for which it was suspended. The wall clock goes on. Times of that clock that the process hands back
 * to the kernel, to wait until then, are put right again.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#define SECOND 1000000000LL

/* Seconds beyond this are those of the wall clock: no machine has run for thirty years. */
#define LONGEST_UPTIME 1000000000LL

static _Atomic int64_t *behind;
static int (*real_gettime)(clockid_t, struct timespec *);
static int (*real_timedwait)(pthread_cond_t *, pthread_mutex_t *, const struct timespec *);

__attribute__((constructor)) static void begin(void) {
  real_gettime = dlsym(RTLD_NEXT, "clock_gettime");
  real_timedwait = dlsym(RTLD_NEXT, "pthread_cond_timedwait");
  const char *name = getenv("CLOCK_BEHIND");
  int file = name == NULL ? -1 : open(name, O_RDONLY);
  if (file < 0) return;
  void *page = mmap(NULL, sizeof(int64_t), PROT_READ, MAP_SHARED, file, 0);
  close(file);
  if (page != MAP_FAILED) behind = page;
}

static void shift(struct timespec *time, int64_t nanos) {
  int64_t total = time->tv_sec * SECOND + time->tv_nsec + nanos;
  time->tv_sec = total / SECOND;
  time->tv_nsec = total % SECOND;
}

int clock_gettime(clockid_t clock, struct timespec *time) {
  if (real_gettime == NULL) begin();
  int failed = real_gettime(clock, time);
  if (!failed && behind != NULL && clock == CLOCK_MONOTONIC) shift(time, -atomic_load(behind));
  return failed;
}

int pthread_cond_timedwait(pthread_cond_t *condition, pthread_mutex_t *mutex,
                           const struct timespec *until) {
  struct timespec real = *until;
  if (behind != NULL && until->tv_sec < LONGEST_UPTIME) shift(&real, atomic_load(behind));
  return real_timedwait(condition, mutex, &real);
}
