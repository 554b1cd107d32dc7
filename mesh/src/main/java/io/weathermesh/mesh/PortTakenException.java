package io.weathermesh.mesh;

import java.io.IOException;
import java.net.InetSocketAddress;

/** A port is not available. Its message names the address, the port and the settings to change. */
public final class PortTakenException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * @param setting the environment variable of the port
     * @param cause the error of the operating system
     */
    public PortTakenException(InetSocketAddress address, String setting, IOException cause) {
        super(
                "cannot listen on " + address.getAddress().getHostAddress() + " port " + address.getPort() + " ("
                        + reason(cause) + "): free the port, or change " + setting
                        + " or MESH_BIND_ADDRESS",
                cause);
    }

    private static String reason(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}
