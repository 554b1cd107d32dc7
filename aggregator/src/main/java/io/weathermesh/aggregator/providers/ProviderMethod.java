package io.weathermesh.aggregator.providers;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/** A method of a provider's contract, found by a pattern of its name, and the fields of its messages, found by name. */
final class ProviderMethod {
    private final MethodDescriptor<Message, Message> method;
    private final Message request;
    private final Message response;

    private ProviderMethod(MethodDescriptor<Message, Message> method) {
        this.method = method;
        this.request = prototype(method.getRequestMarshaller());
        this.response = prototype(method.getResponseMarshaller());
    }

    /** The method whose name matches; a contract has at most one. */
    static Optional<ProviderMethod> find(ServiceDescriptor service, Pattern name) {
        return service.getMethods().stream()
                .filter(any -> name.matcher(Objects.requireNonNullElse(any.getBareMethodName(), ""))
                        .matches())
                .findFirst()
                .map(ProviderMethod::ofMessages);
    }

    /**
     * @throws IllegalArgumentException if there is none
     */
    static ProviderMethod get(ServiceDescriptor service, Pattern name) {
        return find(service, name)
                .orElseThrow(() -> new IllegalArgumentException(
                        service.getName() + " has no method " + name + ", but the gateway needs one"));
    }

    Message.Builder newRequest() {
        return request.newBuilderForType();
    }

    FieldDescriptor requestField(String name) {
        return field(request.getDescriptorForType(), name);
    }

    FieldDescriptor responseField(String name) {
        return field(response.getDescriptorForType(), name);
    }

    /**
     * @throws IllegalArgumentException if the message has no such field
     */
    static FieldDescriptor field(Descriptor message, String name) {
        FieldDescriptor field = message.findFieldByName(name);
        if (field == null) {
            throw new IllegalArgumentException(
                    message.getFullName() + " has no field '" + name + "', but the gateway needs it");
        }
        return field;
    }

    CompletableFuture<Message> call(Channel channel, CallOptions options, Message message) {
        UnaryResponse unary = new UnaryResponse();
        ClientCalls.asyncUnaryCall(channel.newCall(method, options), message, unary);
        return unary.future;
    }

    void stream(Channel channel, Message message, StreamObserver<Message> observer) {
        ClientCalls.asyncServerStreamingCall(channel.newCall(method, CallOptions.DEFAULT), message, observer);
    }

    private static final class UnaryResponse implements StreamObserver<Message> {
        private final CompletableFuture<Message> future = new CompletableFuture<>();

        @Override
        public void onNext(Message message) {
            future.complete(message);
        }

        @Override
        public void onError(Throwable failure) {
            future.completeExceptionally(failure);
        }

        /** Has an effect only where no response came before. */
        @Override
        public void onCompleted() {
            future.completeExceptionally(
                    Status.INTERNAL.withDescription("no response").asRuntimeException());
        }
    }

    /** The methods that protoc generates have messages on both sides, with a prototype of each. */
    @SuppressWarnings("unchecked")
    private static ProviderMethod ofMessages(MethodDescriptor<?, ?> method) {
        return new ProviderMethod((MethodDescriptor<Message, Message>) method);
    }

    private static Message prototype(MethodDescriptor.Marshaller<Message> marshaller) {
        return Objects.requireNonNull(((PrototypeMarshaller<Message>) marshaller).getMessagePrototype());
    }
}
