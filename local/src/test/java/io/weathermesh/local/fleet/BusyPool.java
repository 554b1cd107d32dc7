package io.weathermesh.local.fleet;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;

/** Keeps every thread of the common pool waiting, until it is closed. */
final class BusyPool implements AutoCloseable {
    private final CountDownLatch end = new CountDownLatch(1);

    BusyPool() throws InterruptedException {
        int threads = ForkJoinPool.getCommonPoolParallelism();
        CountDownLatch waiting = new CountDownLatch(threads);
        for (int i = 0; i < threads; i++) {
            ForkJoinPool.commonPool().execute(() -> {
                waiting.countDown();
                awaitEnd();
            });
        }
        waiting.await();
    }

    private void awaitEnd() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        end.countDown();
    }
}
