package io.weathermesh.mesh;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/**
 * A parsed {@code cloudmap:} target.
 *
 * @param host the name of the service's A records, without a trailing dot
 * @param port the port of its tasks
 */
record CloudMapTarget(String host, int port) {
    private static final Pattern FORM =
            Pattern.compile("(?i:cloudmap):(?://|///)?([A-Za-z0-9._-]{1,253}?)\\.?(?::(\\d{1,5}))?/?");

    /**
     * Reads {@code cloudmap:///host:port}. The port, one or all of the slashes before the host, and a slash at the end are
     * optional, as frameworks build targets in all these forms; letter case does not matter.
     *
     * @throws InvalidSettingException for anything else
     */
    static CloudMapTarget parse(String target) {
        Matcher matcher = FORM.matcher(target);
        if (matcher.matches()) {
            int port = matcher.group(2) == null ? MeshNames.GRPC_PORT : Integer.parseInt(matcher.group(2));
            if (port > 0 && port <= Environment.MAX_PORT && isName(matcher.group(1))) {
                return new CloudMapTarget(matcher.group(1).toLowerCase(Locale.ROOT), port);
            }
        }
        throw new InvalidSettingException(
                "'" + target + "' is not a target like cloudmap:///humidity-provider.weather-api:50051");
    }

    private static boolean isName(String host) {
        try {
            return Name.fromString(host + ".").isAbsolute();
        } catch (TextParseException e) {
            return false;
        }
    }

    /** The {@code :authority} that a server sees. */
    String authority() {
        return host + ":" + port;
    }
}
