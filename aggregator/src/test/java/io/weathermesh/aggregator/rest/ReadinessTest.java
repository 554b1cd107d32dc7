package io.weathermesh.aggregator.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ReadinessTest {
    private final Provider temperature = new Provider();
    private final Provider humidity = new Provider();
    private final Readiness readiness = new Readiness(temperature, humidity);

    @Test
    void oneReachableProviderMakesTheGatewayReady() {
        assertThat(readiness.isHealthy()).isFalse();
        humidity.state = ConnectivityState.READY;
        assertThat(readiness.isHealthy()).isTrue();
        assertThat(readiness.isReady()).isTrue();
    }

    @Test
    void aGatewayThatLosesAllProvidersIsUnreadyButHealthy() {
        temperature.state = ConnectivityState.READY;
        assertThat(readiness.isReady()).isTrue();
        temperature.state = ConnectivityState.TRANSIENT_FAILURE;
        assertThat(readiness.isReady()).isFalse();
        assertThat(readiness.isHealthy()).isTrue();
    }

    @Test
    void aDrainingGatewayIsNeitherReadyNorHealthy() {
        temperature.state = ConnectivityState.READY;
        assertThat(readiness.isHealthy()).isTrue();
        readiness.drain();
        assertThat(readiness.isReady()).isFalse();
        assertThat(readiness.isHealthy()).isFalse();
    }

    /** A channel with a state that a test sets, and without calls. */
    private static final class Provider extends ManagedChannel {
        private ConnectivityState state = ConnectivityState.CONNECTING;

        @Override
        public ConnectivityState getState(boolean connect) {
            return state;
        }

        @Override
        public <Q, A> ClientCall<Q, A> newCall(MethodDescriptor<Q, A> method, CallOptions options) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String authority() {
            return "provider";
        }

        @Override
        public ManagedChannel shutdown() {
            return this;
        }

        @Override
        public ManagedChannel shutdownNow() {
            return this;
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return false;
        }
    }
}
