package io.weathermesh.local;

import io.weathermesh.local.fleet.EventLog;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Sends the log records of libraries to the event log: on standard error they would tear the live table. */
final class EventLogHandler extends Handler {
    private final EventLog events;
    private final SimpleFormatter formatter = new SimpleFormatter();

    private EventLogHandler(EventLog events) {
        this.events = events;
    }

    /** Replaces the handlers of the root logger. */
    static void install(EventLog events) {
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        root.addHandler(new EventLogHandler(events));
    }

    @Override
    public void publish(LogRecord record) {
        if (isLoggable(record)) {
            events.log(
                    "weather",
                    formatter.formatMessage(record).lines().findFirst().orElse(""));
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
