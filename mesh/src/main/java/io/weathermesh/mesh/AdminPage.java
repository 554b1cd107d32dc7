package io.weathermesh.mesh;

import java.util.function.Supplier;

/**
 * A page of the admin port.
 *
 * @param contentType its media type, without a character set: pages are UTF-8
 * @param body makes the page anew for each request; may be called by two threads at a time
 */
record AdminPage(String contentType, Supplier<String> body) {
    static AdminPage text(Supplier<String> body) {
        return new AdminPage("text/plain", body);
    }

    static AdminPage json(Supplier<String> body) {
        return new AdminPage("application/json", body);
    }
}
