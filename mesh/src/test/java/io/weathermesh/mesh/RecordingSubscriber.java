package io.weathermesh.mesh;

import java.util.ArrayList;
import java.util.List;

/** Records what a watcher reports. */
final class RecordingSubscriber implements Watcher.Subscriber {
    final List<List<TaskAddress>> received = new ArrayList<>();
    final List<Lookup.Failed> failures = new ArrayList<>();
    int recoveries;
    boolean connected = true;

    @Override
    public void tasks(List<TaskAddress> tasks) {
        received.add(tasks);
    }

    @Override
    public void unknown(Lookup.Failed failure) {
        failures.add(failure);
    }

    @Override
    public void recovered() {
        recoveries++;
    }

    @Override
    public boolean isConnected() {
        return connected;
    }

    List<TaskAddress> last() {
        return received.get(received.size() - 1);
    }
}
