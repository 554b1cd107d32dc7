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
 * The channels of this process with their connections to tasks, and its servers, from channelz: states, counts and the
 * last events.
 */
final class ChannelzPage implements Supplier<String> {
    private static final int MAX_ITEMS = 100;

    private final ChannelzService channelz = ChannelzService.newInstance(MAX_ITEMS);

    @Override
    public String get() {
        List<String> channels = new ArrayList<>();
        List<String> tasks = new ArrayList<>();
        channelz.getTopChannels(GetTopChannelsRequest.getDefaultInstance(), new Response<>(response -> {
            for (Channel channel : response.getChannelList()) {
                channels.add(json(channel));
                channel.getSubchannelRefList().forEach(reference -> addTask(reference, tasks));
            }
        }));
        List<String> servers = new ArrayList<>();
        channelz.getServers(GetServersRequest.getDefaultInstance(), new Response<>(response -> response.getServerList()
                .forEach(server -> servers.add(json(server)))));
        return "{\"channels\":%s,\"subchannels\":%s,\"servers\":%s}\n".formatted(channels, tasks, servers);
    }

    /** Adds nothing if the connection was closed since its channel was read. */
    private void addTask(SubchannelRef reference, List<String> tasks) {
        GetSubchannelRequest request = GetSubchannelRequest.newBuilder()
                .setSubchannelId(reference.getSubchannelId())
                .build();
        channelz.getSubchannel(request, new Response<>(response -> tasks.add(json(response.getSubchannel()))));
    }

    private static String json(MessageOrBuilder message) {
        try {
            return JsonFormat.printer().omittingInsignificantWhitespace().print(message);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("channelz returned a message that has no JSON form", e);
        }
    }

    /** The service responds on the calling thread, before its method returns; an error adds nothing. */
    private record Response<T>(Consumer<T> consumer) implements StreamObserver<T> {
        @Override
        public void onNext(T response) {
            consumer.accept(response);
        }

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onCompleted() {}
    }
}
