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
 * The tasks that one call was sent to already, so that a hedge or a retry goes to another one, and whether one of them
 * has answered. By itself gRPC goes on round robin, which with three tasks and many calls sends every third hedge to the
 * very task that it doubts.
 *
 * <p>Safe for use by many threads: hedges run beside each other.
 */
final class TriedTasks {
    private static final CallOptions.Key<TriedTasks> KEY = CallOptions.Key.create("io.weathermesh.mesh.tried-tasks");

    /** So often the picker is asked for another task: it goes round, so one more pick is mostly enough. */
    private static final int PICKS = 3;

    private final Set<Subchannel> tried = ConcurrentHashMap.newKeySet();
    private volatile boolean answered;

    private TriedTasks() {}

    /** Gives each unary call its memory. */
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

    /** The memory of a call; a stream, which is sent once, gets one that it does not keep. */
    static TriedTasks of(PickSubchannelArgs call) {
        TriedTasks memory = call.getCallOptions().getOption(KEY);
        return memory == null ? none() : memory;
    }

    static TriedTasks none() {
        return new TriedTasks();
    }

    /** Picks a task that the call was not sent to, if there is one. */
    PickResult pick(SubchannelPicker picker, PickSubchannelArgs call) {
        PickResult picked = picker.pickSubchannel(call);
        for (int picks = 1; picks < PICKS && knows(picked); picks++) {
            picked = picker.pickSubchannel(call);
        }
        if (picked.getSubchannel() != null) {
            tried.add(picked.getSubchannel());
        }
        return picked;
    }

    /** One of the tasks has begun to answer. */
    void answered() {
        answered = true;
    }

    boolean isAnswered() {
        return answered;
    }

    boolean isOneTask() {
        return tried.size() == 1;
    }

    private boolean knows(PickResult picked) {
        return picked.getSubchannel() != null && tried.contains(picked.getSubchannel());
    }
}
