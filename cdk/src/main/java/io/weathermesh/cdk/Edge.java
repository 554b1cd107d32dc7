package io.weathermesh.cdk;

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

    /** HTTP on 80, readable by everyone on the way: only for trying things out, and only when asked for by name. */
    record PlainHttp() implements Edge {}
}
