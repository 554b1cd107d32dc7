package io.weathermesh.mesh;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.LoadBalancer.PickResult;
import io.grpc.LoadBalancer.PickSubchannelArgs;
import io.grpc.LoadBalancer.Subchannel;
import io.grpc.LoadBalancer.SubchannelPicker;
import io.grpc.MethodDescriptor;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The tasks that one call was sent to, so that a hedge or a retry goes to another one, and whether one of them has
 * responded. By itself gRPC continues round robin, which with three tasks and many calls sends every third hedge to the
 * task that is already late.
 *
 * <p>Safe for use by many threads: hedges run in parallel.
 */
final class TriedTasks {
    private static final CallOptions.Key<TriedTasks> KEY = CallOptions.Key.create("io.weathermesh.mesh.tried-tasks");

    /** The most picks for another task. Round robin rarely needs more than two. */
    private static final int MAX_PICKS = 3;

    private final Set<Subchannel> tried = ConcurrentHashMap.newKeySet();
    private volatile boolean answered;

    private TriedTasks() {}

    /** Gives each unary call an instance of its own. */
    static ClientInterceptor interceptor() {
        return new ClientInterceptor() {
            @Override
            public <Q, A> ClientCall<Q, A> interceptCall(
                    MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
                boolean unary = method.getType() == MethodDescriptor.MethodType.UNARY;
                return next.newCall(method, unary ? options.withOption(KEY, new TriedTasks()) : options);
            }
        };
    }

    /** The instance of a call; a stream, which has one attempt, gets a fresh one. */
    static TriedTasks of(PickSubchannelArgs call) {
        TriedTasks tried = call.getCallOptions().getOption(KEY);
        return tried == null ? none() : tried;
    }

    static TriedTasks none() {
        return new TriedTasks();
    }

    /** Picks a task that the call was not sent to yet, if there is one. */
    PickResult pick(SubchannelPicker picker, PickSubchannelArgs call) {
        PickResult picked = picker.pickSubchannel(call);
        for (int picks = 1; picks < MAX_PICKS && contains(picked); picks++) {
            picked = picker.pickSubchannel(call);
        }
        if (picked.getSubchannel() != null) {
            tried.add(picked.getSubchannel());
        }
        return picked;
    }

    /** One of the tasks has begun to respond. */
    void answered() {
        answered = true;
    }

    boolean isAnswered() {
        return answered;
    }

    boolean isOneTask() {
        return tried.size() == 1;
    }

    private boolean contains(PickResult picked) {
        return picked.getSubchannel() != null && tried.contains(picked.getSubchannel());
    }
}
