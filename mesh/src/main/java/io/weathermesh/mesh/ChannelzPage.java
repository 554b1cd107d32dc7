package io.weathermesh.mesh;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import io.grpc.channelz.v1.GetServersRequest;
import io.grpc.channelz.v1.GetTopChannelsRequest;
import io.grpc.protobuf.services.ChannelzService;
import io.grpc.stub.StreamObserver;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The channels and servers of this process as channelz tells them: counts, states, the last events. */
final class ChannelzPage implements Supplier<String> {
    private static final int MAX_ITEMS = 100;

    private final ChannelzService channelz = ChannelzService.newInstance(MAX_ITEMS);

    @Override
    public String get() {
        StringBuilder page = new StringBuilder("{\"topChannels\":");
        channelz.getTopChannels(
                GetTopChannelsRequest.getDefaultInstance(), new Answer<>(answer -> page.append(json(answer))));
        page.append(",\"servers\":");
        channelz.getServers(GetServersRequest.getDefaultInstance(), new Answer<>(answer -> page.append(json(answer))));
        return page.append("}\n").toString();
    }

    private static String json(MessageOrBuilder message) {
        try {
            return JsonFormat.printer().omittingInsignificantWhitespace().print(message);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("channelz answered with a message that has no JSON form", e);
        }
    }

    /** The service answers on the calling thread, before its method returns. */
    private record Answer<T>(Consumer<T> taker) implements StreamObserver<T> {
        @Override
        public void onNext(T answer) {
            taker.accept(answer);
        }

        @Override
        public void onError(Throwable failure) {
            throw new IllegalStateException("channelz cannot answer", failure);
        }

        @Override
        public void onCompleted() {}
    }
}
