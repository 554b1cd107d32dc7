package io.weathermesh.mesh;

import java.io.IOException;
import java.net.InetSocketAddress;

/** An address that cannot be listened on. Its message names the address, the port and the settings to change. */
public final class PortTakenException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * @param setting the environment variable that moves the port
     * @param cause what the operating system said
     */
    public PortTakenException(InetSocketAddress address, String setting, IOException cause) {
        super(
                "cannot listen on " + address.getAddress().getHostAddress() + " port " + address.getPort() + " ("
                        + reason(cause) + "): free it, or change " + setting
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
