package io.weathermesh.mesh;

import io.grpc.ConnectivityState;
import io.grpc.LoadBalancer;
import io.grpc.LoadBalancerProvider;
import io.grpc.LoadBalancerRegistry;
import io.grpc.MethodDescriptor;
import io.grpc.NameResolver.ConfigOrError;
import io.grpc.util.ForwardingLoadBalancerHelper;
import java.util.Map;
import java.util.Objects;

/**
 * gRPC's outlier detection, with its configuration, counting only failures of the task.
 *
 * <p>By itself outlier detection counts every status except OK as a failure: clients that request unknown places would
 * get healthy tasks ejected, and so would hedges that lose, which are cancelled. This policy wraps it and reports each
 * attempt by its verdict.
 */
public final class FairOutlierDetectionProvider extends LoadBalancerProvider {
    private static final String OUTLIER_DETECTION = "outlier_detection_experimental";
    private static final int PRIORITY = 5;

    /** For ServiceLoader. */
    public FairOutlierDetectionProvider() {}

    @Override
    public boolean isAvailable() {
        return true;
    }

    @Override
    public int getPriority() {
        return PRIORITY;
    }

    @Override
    public String getPolicyName() {
        return ChannelPolicy.FAIR_OUTLIER_DETECTION;
    }

    @Override
    public ConfigOrError parseLoadBalancingPolicyConfig(Map<String, ?> config) {
        return outlierDetection().parseLoadBalancingPolicyConfig(config);
    }

    @Override
    public LoadBalancer newLoadBalancer(LoadBalancer.Helper helper) {
        return outlierDetection().newLoadBalancer(new VerdictHelper(helper));
    }

    private static LoadBalancerProvider outlierDetection() {
        return Objects.requireNonNull(
                LoadBalancerRegistry.getDefaultRegistry().getProvider(OUTLIER_DETECTION),
                "grpc-util, which brings outlier detection, is not on the class path");
    }

    /** Passes everything through, and wraps the pickers of outlier detection. */
    private static final class VerdictHelper extends ForwardingLoadBalancerHelper {
        private final LoadBalancer.Helper channel;

        VerdictHelper(LoadBalancer.Helper channel) {
            this.channel = channel;
        }

        @Override
        protected LoadBalancer.Helper delegate() {
            return channel;
        }

        @Override
        public void updateBalancingState(ConnectivityState state, LoadBalancer.SubchannelPicker picker) {
            channel.updateBalancingState(state, new VerdictPicker(picker));
        }
    }

    /** Sends the attempts of one call to different tasks, and reports each to the counters of its task by verdict. */
    private static final class VerdictPicker extends LoadBalancer.SubchannelPicker {
        private final LoadBalancer.SubchannelPicker picker;

        VerdictPicker(LoadBalancer.SubchannelPicker picker) {
            this.picker = picker;
        }

        @Override
        public LoadBalancer.PickResult pickSubchannel(LoadBalancer.PickSubchannelArgs call) {
            TriedTasks tried = TriedTasks.of(call);
            LoadBalancer.PickResult picked = tried.pick(picker, call);
            if (picked.getStreamTracerFactory() == null) {
                return picked;
            }
            boolean unary = call.getMethodDescriptor().getType() == MethodDescriptor.MethodType.UNARY;
            return picked.copyWithStreamTracerFactory(
                    new VerdictTracerFactory(picked.getStreamTracerFactory(), unary, tried));
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof VerdictPicker another && picker.equals(another.picker);
        }

        @Override
        public int hashCode() {
            return picker.hashCode();
        }
    }
}
