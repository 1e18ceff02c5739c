package io.slotcast.it.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What one worker does with a client of its own. */
@FunctionalInterface
interface ConcurrentWork<T> {
  T with(WorkerClient client);

  /** Does all of it at the same time and returns the results in its order. */
  static <T> List<T> allAtOnce(ClientLibrary.Opened opened, List<ConcurrentWork<T>> work)
      throws InterruptedException, ExecutionException {
    List<Callable<T>> calls = new ArrayList<>();
    for (ConcurrentWork<T> piece : work) {
      calls.add(
          () -> {
            try (WorkerClient client = opened.connect()) {
              return piece.with(client);
            }
          });
    }
    try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<T> results = new ArrayList<>();
      for (Future<T> result : workers.invokeAll(calls)) {
        results.add(result.get());
      }
      return results;
    }
  }
}
