package io.weathermesh.aggregator.providers;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.ServiceDescriptor;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** One method of a provider's contract, found by the form of its name, and its messages by the names of their fields. */
final class ProviderMethod {
    private final MethodDescriptor<Message, Message> method;
    private final Message request;
    private final Message response;

    private ProviderMethod(MethodDescriptor<Message, Message> method) {
        this.method = method;
        this.request = prototype(method.getRequestMarshaller());
        this.response = prototype(method.getResponseMarshaller());
    }

    /** The method whose name has this form; there is one at most in a contract. */
    static Optional<ProviderMethod> find(ServiceDescriptor service, Pattern form) {
        return service.getMethods().stream()
                .filter(any -> form.matcher(Objects.requireNonNullElse(any.getBareMethodName(), ""))
                        .matches())
                .findFirst()
                .map(ProviderMethod::ofMessages);
    }

    /**
     * @throws IllegalArgumentException if there is none
     */
    static ProviderMethod get(ServiceDescriptor service, Pattern form) {
        return find(service, form)
                .orElseThrow(() -> new IllegalArgumentException(
                        service.getName() + " has no method " + form + ", but the gateway needs one"));
    }

    Message.Builder newRequest() {
        return request.newBuilderForType();
    }

    FieldDescriptor asks(String field) {
        return field(request.getDescriptorForType(), field);
    }

    FieldDescriptor answers(String field) {
        return field(response.getDescriptorForType(), field);
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

    /** What a repeated field holds. */
    static <T> List<T> all(Message message, FieldDescriptor field, Class<T> type) {
        return ((List<?>) message.getField(field)).stream().map(type::cast).toList();
    }

    void call(Channel channel, CallOptions options, Message question, StreamObserver<Message> caller) {
        ClientCalls.asyncUnaryCall(channel.newCall(method, options), question, caller);
    }

    void stream(Channel channel, Message question, StreamObserver<Message> caller) {
        ClientCalls.asyncServerStreamingCall(channel.newCall(method, CallOptions.DEFAULT), question, caller);
    }

    /** What protoc makes has messages on both sides, with a prototype of each. */
    @SuppressWarnings("unchecked")
    private static ProviderMethod ofMessages(MethodDescriptor<?, ?> method) {
        return new ProviderMethod((MethodDescriptor<Message, Message>) method);
    }

    private static Message prototype(MethodDescriptor.Marshaller<Message> marshaller) {
        return Objects.requireNonNull(((PrototypeMarshaller<Message>) marshaller).getMessagePrototype());
    }
}
