package io.weathermesh.sources.serving;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The client of a stream, which is ready when the test says so. */
final class RecordingStreamObserver extends ServerCallStreamObserver<String> {
    final List<String> received = new ArrayList<>();

    @Nullable
    Status ended;

    private boolean ready = true;
    private Runnable onReady = () -> {};
    private Runnable onCancel = () -> {};

    void setReady(boolean isReady) {
        ready = isReady;
        if (isReady) {
            onReady.run();
        }
    }

    void cancel() {
        onCancel.run();
    }

    @Override
    public void onNext(String value) {
        received.add(value);
    }

    @Override
    public void onError(Throwable failure) {
        ended = Status.fromThrowable(failure);
    }

    @Override
    public void onCompleted() {
        ended = Status.OK;
    }

    @Override
    public boolean isReady() {
        return ready;
    }

    @Override
    public void setOnReadyHandler(Runnable handler) {
        onReady = handler;
    }

    @Override
    public void setOnCancelHandler(Runnable handler) {
        onCancel = handler;
    }

    @Override
    public boolean isCancelled() {
        return false;
    }

    @Override
    public void setCompression(String compression) {}

    @Override
    public void disableAutoInboundFlowControl() {}

    @Override
    public void request(int count) {}

    @Override
    public void setMessageCompression(boolean enable) {}
}
