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
 * gRPC's outlier detection, with its configuration, that counts failures of the task only.
 *
 * <p>By itself outlier detection takes every status but OK for a failure: clients that ask for unknown places would
 * have healthy tasks left out, and so would the losers of hedges, which are cancelled. This policy stands above it and
 * tells it of each call what {@link CallVerdict} says.
 */
public final class FairOutlierDetectionProvider extends LoadBalancerProvider {
    static final String POLICY = "mesh_fair_outlier_detection";

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
        return POLICY;
    }

    @Override
    public ConfigOrError parseLoadBalancingPolicyConfig(Map<String, ?> config) {
        return outlierDetection().parseLoadBalancingPolicyConfig(config);
    }

    @Override
    public LoadBalancer newLoadBalancer(LoadBalancer.Helper helper) {
        return outlierDetection().newLoadBalancer(new JudgingHelper(helper));
    }

    private static LoadBalancerProvider outlierDetection() {
        return Objects.requireNonNull(
                LoadBalancerRegistry.getDefaultRegistry().getProvider(OUTLIER_DETECTION),
                "grpc-util, which brings outlier detection, is not on the class path");
    }

    /** Passes everything through, and wraps the pickers that come up from outlier detection. */
    private static final class JudgingHelper extends ForwardingLoadBalancerHelper {
        private final LoadBalancer.Helper channel;

        JudgingHelper(LoadBalancer.Helper channel) {
            this.channel = channel;
        }

        @Override
        protected LoadBalancer.Helper delegate() {
            return channel;
        }

        @Override
        public void updateBalancingState(ConnectivityState state, LoadBalancer.SubchannelPicker picker) {
            channel.updateBalancingState(state, new JudgingPicker(picker));
        }
    }

    /** Sends attempts of one call to different tasks, and puts a judge between each and the counters of its task. */
    private static final class JudgingPicker extends LoadBalancer.SubchannelPicker {
        private final LoadBalancer.SubchannelPicker picker;

        JudgingPicker(LoadBalancer.SubchannelPicker picker) {
            this.picker = picker;
        }

        @Override
        public LoadBalancer.PickResult pickSubchannel(LoadBalancer.PickSubchannelArgs call) {
            TriedTasks tried = TriedTasks.of(call);
            LoadBalancer.PickResult picked = tried.pick(picker, call);
            if (picked.getStreamTracerFactory() == null) {
                return picked;
            }
            boolean answeredOnce = call.getMethodDescriptor().getType() == MethodDescriptor.MethodType.UNARY;
            return picked.copyWithStreamTracerFactory(
                    new JudgingTracerFactory(picked.getStreamTracerFactory(), answeredOnce, tried));
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof JudgingPicker another && picker.equals(another.picker);
        }

        @Override
        public int hashCode() {
            return picker.hashCode();
        }
    }
}
