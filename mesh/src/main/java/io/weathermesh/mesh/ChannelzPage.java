package io.weathermesh.mesh;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import io.grpc.channelz.v1.Channel;
import io.grpc.channelz.v1.GetServersRequest;
import io.grpc.channelz.v1.GetSubchannelRequest;
import io.grpc.channelz.v1.GetTopChannelsRequest;
import io.grpc.channelz.v1.SubchannelRef;
import io.grpc.protobuf.services.ChannelzService;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The channels of this process with their connections to tasks, and its servers, as channelz tells them: states, counts
 * and the last events.
 */
final class ChannelzPage implements Supplier<String> {
    private static final int MAX_ITEMS = 100;

    private final ChannelzService channelz = ChannelzService.newInstance(MAX_ITEMS);

    @Override
    public String get() {
        List<String> channels = new ArrayList<>();
        List<String> tasks = new ArrayList<>();
        channelz.getTopChannels(GetTopChannelsRequest.getDefaultInstance(), new Answer<>(answer -> {
            for (Channel channel : answer.getChannelList()) {
                channels.add(json(channel));
                channel.getSubchannelRefList().forEach(reference -> addTask(reference, tasks));
            }
        }));
        List<String> servers = new ArrayList<>();
        channelz.getServers(GetServersRequest.getDefaultInstance(), new Answer<>(answer -> answer.getServerList()
                .forEach(server -> servers.add(json(server)))));
        return "{\"channels\":%s,\"subchannels\":%s,\"servers\":%s}\n".formatted(channels, tasks, servers);
    }

    /** Leaves out a connection that has gone since its channel was read. */
    private void addTask(SubchannelRef reference, List<String> tasks) {
        GetSubchannelRequest request = GetSubchannelRequest.newBuilder()
                .setSubchannelId(reference.getSubchannelId())
                .build();
        channelz.getSubchannel(request, new Answer<>(answer -> tasks.add(json(answer.getSubchannel()))));
    }

    private static String json(MessageOrBuilder message) {
        try {
            return JsonFormat.printer().omittingInsignificantWhitespace().print(message);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("channelz answered with a message that has no JSON form", e);
        }
    }

    /** The service answers on the calling thread, before its method returns; an error is no answer. */
    private record Answer<T>(Consumer<T> taker) implements StreamObserver<T> {
        @Override
        public void onNext(T answer) {
            taker.accept(answer);
        }

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onCompleted() {}
    }
}
