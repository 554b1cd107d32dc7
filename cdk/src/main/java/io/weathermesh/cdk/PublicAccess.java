package io.weathermesh.cdk;

import java.util.regex.Pattern;

/** How clients reach the load balancer. */
public sealed interface PublicAccess {
    /**
     * HTTPS on port 443; port 80 redirects to it.
     *
     * @param certificateArn a certificate of AWS Certificate Manager in the stack's region
     */
    record Https(String certificateArn) implements PublicAccess {
        private static final Pattern ARN =
                Pattern.compile("arn:aws[a-z-]*:acm:[a-z0-9-]+:\\d{12}:certificate/[A-Za-z0-9-]+");

        public Https {
            if (!ARN.matcher(certificateArn).matches()) {
                throw new IllegalArgumentException(
                        "certificate is '" + certificateArn + "', but must be the ARN of a certificate in ACM");
            }
        }
    }

    /**
     * HTTPS on port 443 under a domain name; port 80 redirects to it. The stack creates the certificate, which is validated
     * in the hosted zone, and the record of the name.
     *
     * @param name such as weather.example.org
     * @param zoneName the name of the hosted zone: {@code name} itself, or a parent of it
     * @param zoneId the id of the public hosted zone in Route 53; a synth looks nothing up in an account
     */
    record Domain(String name, String zoneName, String zoneId) implements PublicAccess {
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
                        "hostedZoneId is '" + zoneId + "', but must be an id of Route 53, such as Z0123456789ABC");
            }
        }
    }

    /** HTTP on port 80, readable by everyone on the network path: for trying things out. */
    record PlainHttp() implements PublicAccess {}
}
