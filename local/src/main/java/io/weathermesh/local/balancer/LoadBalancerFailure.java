package io.weathermesh.local.balancer;

import com.linecorp.armeria.common.HttpStatus;

/** The failure of a request without a response from its target. */
final class LoadBalancerFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;
    private final String detail;

    LoadBalancerFailure(HttpStatus status, String message, Throwable cause) {
        super(message, cause);
        code = status.code();
        detail = message;
    }

    String detail() {
        return detail;
    }

    HttpStatus status() {
        return HttpStatus.valueOf(code);
    }
}
