package io.weathermesh.local;

import io.weathermesh.local.fleet.FleetBusyException;
import io.weathermesh.local.twin.CannotStartException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The failure of a command as a sentence that says what to do: never the name of a class. */
final class ErrorText {
    private final Path traces;

    /** @param traces the file that gets the stack traces of internal errors */
    ErrorText(Path traces) {
        this.traces = traces;
    }

    String of(Exception failure) {
        if (failure instanceof AccessDeniedException denied) {
            return "permission denied: " + denied.getFile() + ": check its owner and its mode";
        }
        if (failure instanceof NoSuchFileException missing) {
            return "there is no file " + missing.getFile();
        }
        if (failure instanceof FileSystemException file) {
            String reason = file.getReason();
            return file.getFile() + " cannot be used" + (reason == null ? "" : ": " + reason);
        }
        if (failure instanceof SocketTimeoutException) {
            return "no response in time: './weather ps' shows what runs, './weather down' stops it";
        }
        if (failure instanceof ConnectException) {
            return "nothing accepts the connection: './weather ps' shows what runs";
        }
        String message = failure.getMessage();
        boolean forPeople = failure instanceof CannotStartException
                || failure instanceof FleetBusyException
                || failure instanceof IllegalStateException
                || failure instanceof IOException;
        return forPeople && message != null && !message.isBlank() ? message : internalError(failure);
    }

    private String internalError(Exception failure) {
        String message = failure.getMessage();
        String text = "internal error" + (message == null ? "" : " (" + message + ")");
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace, true));
        try {
            Files.createDirectories(traces.toAbsolutePath().getParent());
            Files.writeString(traces, trace.toString());
            return text + ": report it with the stack trace in " + traces;
        } catch (IOException e) {
            return text + ": report it; its stack trace cannot be written to " + traces;
        }
    }
}
