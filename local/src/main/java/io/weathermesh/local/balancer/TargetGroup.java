package io.weathermesh.local.balancer;

import com.linecorp.armeria.client.Endpoint;
import com.linecorp.armeria.client.endpoint.DynamicEndpointGroup;

/** The targets as they were added and removed, healthy or not; there may be none. */
final class TargetGroup extends DynamicEndpointGroup {
    TargetGroup() {
        super(true);
    }

    void add(Endpoint target) {
        addEndpoint(target);
    }

    void remove(Endpoint target) {
        removeEndpoint(target);
    }
}
