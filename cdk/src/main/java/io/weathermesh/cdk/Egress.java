package io.weathermesh.cdk;

/** The way out of the private subnets: what it costs and what it allows is in the README's table. */
public enum Egress {
    /** Interface endpoints for what a task needs of AWS, and no way to the internet: the climatology alone answers. */
    ENDPOINTS,

    /** A NAT gateway in each zone: live sources can be asked. */
    NAT
}
