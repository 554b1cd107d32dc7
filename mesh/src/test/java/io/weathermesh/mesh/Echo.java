package io.weathermesh.mesh;

import io.grpc.BindableService;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** A service of three methods on text, made by hand: this module has no protos of its own. */
final class Echo {
    static final String SERVICE = "test.v1.EchoService";

    /** Declared free of side effects: calls may be hedged. */
    static final MethodDescriptor<String, String> LOOKUP =
            method("Lookup", MethodType.UNARY).setSafe(true).build();

    /** Not declared free of side effects. */
    static final MethodDescriptor<String, String> CHANGE =
            method("Change", MethodType.UNARY).build();

    static final MethodDescriptor<String, String> WATCH =
            method("Watch", MethodType.SERVER_STREAMING).setSafe(true).build();

    static final ServiceDescriptor DESCRIPTOR = ServiceDescriptor.newBuilder(SERVICE)
            .addMethod(LOOKUP)
            .addMethod(CHANGE)
            .addMethod(WATCH)
            .build();

    private Echo() {}

    /** All three methods answered by one behaviour. */
    static BindableService service(BiConsumer<String, StreamObserver<String>> behaviour) {
        return named(SERVICE, behaviour);
    }

    /** The same methods under the name of another service. */
    static BindableService named(String service, BiConsumer<String, StreamObserver<String>> behaviour) {
        return () -> ServerServiceDefinition.builder(service)
                .addMethod(renamed(LOOKUP, service), ServerCalls.asyncUnaryCall(behaviour::accept))
                .addMethod(renamed(CHANGE, service), ServerCalls.asyncUnaryCall(behaviour::accept))
                .addMethod(renamed(WATCH, service), ServerCalls.asyncServerStreamingCall(behaviour::accept))
                .build();
    }

    private static MethodDescriptor<String, String> renamed(MethodDescriptor<String, String> method, String service) {
        String bareName = String.valueOf(method.getBareMethodName());
        return method.toBuilder()
                .setFullMethodName(MethodDescriptor.generateFullMethodName(service, bareName))
                .build();
    }

    /** Answers every call with the same text. */
    static BindableService responding(String text) {
        return service((request, answer) -> {
            answer.onNext(text);
            answer.onCompleted();
        });
    }

    static String lookup(Channel channel, String request) {
        return ClientCalls.blockingUnaryCall(channel, LOOKUP, CallOptions.DEFAULT, request);
    }

    /** Waits for a task and for its answer; never hedged. */
    static String patiently(Channel channel, String request) {
        CallOptions patient =
                CallOptions.DEFAULT.withDeadlineAfter(1, TimeUnit.MINUTES).withWaitForReady();
        return ClientCalls.blockingUnaryCall(channel, CHANGE, patient, request);
    }

    private static MethodDescriptor.Builder<String, String> method(String name, MethodType type) {
        return MethodDescriptor.<String, String>newBuilder()
                .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, name))
                .setType(type)
                .setRequestMarshaller(new Text())
                .setResponseMarshaller(new Text());
    }

    private static final class Text implements MethodDescriptor.Marshaller<String> {
        @Override
        public InputStream stream(String value) {
            return new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String parse(InputStream stream) {
            try {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
