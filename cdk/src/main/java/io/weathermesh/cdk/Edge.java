package io.weathermesh.cdk;

import java.util.regex.Pattern;

/** How clients reach the load balancer. */
public sealed interface Edge {
    /**
     * HTTPS on 443; 80 only redirects to it.
     *
     * @param certificateArn a certificate of AWS Certificate Manager in the stack's region
     */
    record Https(String certificateArn) implements Edge {
        public Https {
            if (!certificateArn.startsWith("arn:")) {
                throw new IllegalArgumentException(
                        "certificate is '" + certificateArn + "', but must be the ARN of a certificate");
            }
        }
    }

    /**
     * HTTPS on 443 under a name of ours; 80 only redirects to it. The certificate is made with the stack and proves itself
     * in the hosted zone, which also gets the name.
     *
     * @param name such as weather.example.org
     * @param zoneName the zone's: the name itself, or what is behind one of its dots
     * @param zoneId of the public hosted zone in Route 53; given, so that a synth asks no account
     */
    record Domain(String name, String zoneName, String zoneId) implements Edge {
        private static final Pattern NAME = Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,63}");
        private static final Pattern ID = Pattern.compile("Z[A-Z0-9]{5,31}");

        public Domain {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "domain is '" + name + "', but must be a name such as weather.example.org");
            }
            if (!name.equals(zoneName) && !name.endsWith("." + zoneName)) {
                throw new IllegalArgumentException(
                        "hostedZone is '" + zoneName + "', but must be " + name + " or a parent of it");
            }
            if (!ID.matcher(zoneId).matches()) {
                throw new IllegalArgumentException(
                        "hostedZoneId is '" + zoneId + "', but must be one of Route 53, such as Z0123456789ABC");
            }
        }
    }

    /** HTTP on 80, readable by everyone on the way: only for trying things out, and only when asked for by name. */
    record PlainHttp() implements Edge {}
}
