package io.weathermesh.local.twin;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Sends commands to the running twin. */
public final class ControlClient {
    /** Longer than the response limit of the fleet. */
    private static final Duration RESPONSE_LIMIT = Duration.ofSeconds(150);

    private ControlClient() {}

    /** Sends a command and returns its result. A long wait is reported on standard error. */
    public static CommandResult send(Path home, String name, List<String> arguments) throws IOException {
        LongWait wait = new LongWait("the twin", RESPONSE_LIMIT);
        try {
            return send(home, name, arguments, RESPONSE_LIMIT);
        } finally {
            wait.over();
        }
    }

    /**
     * Sends a command and returns its result.
     *
     * @throws java.net.SocketTimeoutException if there is no response in time; the command may be executed nevertheless
     */
    public static CommandResult send(Path home, String name, List<String> arguments, Duration timeout)
            throws IOException {
        Optional<TwinFile> running = TwinFile.ofRunning(home);
        return running.isEmpty()
                ? CommandResult.notRunning()
                : send(running.get(), new CommandRequest(name, arguments), timeout);
    }

    private static CommandResult send(TwinFile twin, CommandRequest command, Duration timeout) throws IOException {
        URI uri = URI.create("http://" + TwinSettings.LOOPBACK + ":" + twin.controlPort() + ControlServer.PATH);
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setConnectTimeout((int) timeout.toMillis());
        connection.setReadTimeout((int) timeout.toMillis());
        connection.setRequestProperty(ControlServer.TOKEN_HEADER, twin.token());
        connection.setDoOutput(true);
        try {
            return exchange(connection, command);
        } catch (SocketTimeoutException e) {
            SocketTimeoutException late = new SocketTimeoutException("the twin has not responded within "
                    + timeout.toSeconds() + " s: it is stopped, or this machine is too busy; retry, or stop it with"
                    + " './weather down'");
            late.initCause(e);
            throw late;
        } finally {
            connection.disconnect();
        }
    }

    private static CommandResult exchange(HttpURLConnection connection, CommandRequest command) throws IOException {
        try (OutputStream body = connection.getOutputStream()) {
            body.write(new Gson().toJson(command).getBytes(StandardCharsets.UTF_8));
        }
        try (var response = connection.getInputStream()) {
            String json = new String(response.readAllBytes(), StandardCharsets.UTF_8);
            return new Gson().fromJson(json, CommandResult.class);
        }
    }
}
