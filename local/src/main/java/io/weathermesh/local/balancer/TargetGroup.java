package io.weathermesh.local.balancer;

import com.linecorp.armeria.client.Endpoint;
import com.linecorp.armeria.client.endpoint.DynamicEndpointGroup;

/** The registered targets, healthy or not; may be empty. */
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
