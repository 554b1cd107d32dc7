package io.weathermesh.proto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import io.grpc.CallOptions;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Connects a client of the last released contract to a server of a grown one over a socket, and the reverse. The grown one
 * is the current contract with one more field in the request and in the reading, and one more method.
 */
@Tag("jdk")
class WireCompatibilityTest {
    private static final String FILE = "weather/temperature/v1/temperature_service.proto";
    private static final String SERVICE = "weather.temperature.v1.TemperatureService";
    private static final String LOOKUP = "LookupTemperature";
    private static final String ADDED_METHOD = "ForecastTemperature";
    private static final int ADDED_NUMBER = 99;
    private static final double CELSIUS = -3.5;

    private final Contract released = new Contract(ReleasedContractTest.read(ReleasedContractTest.RELEASED));
    private final Contract grown = new Contract(grow(ReleasedContractTest.read(ReleasedContractTest.CURRENT)));
    private final List<DynamicMessage> requests = new ArrayList<>();
    private Server server;
    private ManagedChannel channel;

    @AfterEach
    void close() throws InterruptedException {
        channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
        server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    }

    @Test
    void anOldClientReadsTheKnownFieldsOfANewServersResponse() throws IOException {
        serve(grown, LOOKUP, ADDED_METHOD);

        DynamicMessage answer = ask(released, LOOKUP, question(released, false));

        DynamicMessage reading = reading(released, answer);
        assertThat(reading.getField(reading.getDescriptorForType().findFieldByName("temperature_celsius")))
                .isEqualTo(CELSIUS);
        // What it does not know it passes on, so that a proxy of an old version loses nothing.
        assertThat(reading.getUnknownFields().hasField(ADDED_NUMBER)).isTrue();
    }

    @Test
    void anOldServerIgnoresTheUnknownFieldsOfANewClientsRequest() throws IOException {
        serve(released, LOOKUP);

        DynamicMessage answer = ask(grown, LOOKUP, question(grown, true));

        assertThat(requests).singleElement().satisfies(request -> assertThat(
                        request.getUnknownFields().hasField(ADDED_NUMBER))
                .isTrue());
        DynamicMessage reading = reading(grown, answer);
        assertThat(reading.getField(reading.getDescriptorForType().findFieldByName("temperature_celsius")))
                .isEqualTo(CELSIUS);
        assertThat(reading.hasField(reading.getDescriptorForType().findFieldByNumber(ADDED_NUMBER)))
                .isFalse();
    }

    @Test
    void aMethodThatAnOldServerLacksIsUnimplemented() throws IOException {
        serve(released, LOOKUP);

        assertThatThrownBy(() -> ask(grown, ADDED_METHOD, question(grown, false)))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        failure -> assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED));
        assertThat(reading(grown, ask(grown, LOOKUP, question(grown, false))).getAllFields())
                .isNotEmpty();
    }

    private void serve(Contract contract, String... methods) throws IOException {
        ServerServiceDefinition.Builder service = ServerServiceDefinition.builder(SERVICE);
        for (String method : methods) {
            service.addMethod(contract.method(method), ServerCalls.asyncUnaryCall((request, caller) -> {
                requests.add(request);
                caller.onNext(answer(contract));
                caller.onCompleted();
            }));
        }
        server = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                .addService(service.build())
                .build()
                .start();
        channel = Grpc.newChannelBuilderForAddress("127.0.0.1", server.getPort(), InsecureChannelCredentials.create())
                .build();
    }

    private DynamicMessage ask(Contract contract, String method, DynamicMessage question) {
        return ClientCalls.blockingUnaryCall(
                channel, contract.method(method), CallOptions.DEFAULT.withDeadlineAfter(5, TimeUnit.MINUTES), question);
    }

    private static DynamicMessage question(Contract contract, boolean withMore) {
        Descriptor type = contract.message("LookupTemperatureRequest");
        DynamicMessage.Builder question = DynamicMessage.newBuilder(type);
        return withMore
                ? question.setField(type.findFieldByNumber(ADDED_NUMBER), 7.0).build()
                : question.build();
    }

    private static DynamicMessage answer(Contract contract) {
        Descriptor type = contract.message("TemperatureReading");
        DynamicMessage.Builder reading =
                DynamicMessage.newBuilder(type).setField(type.findFieldByName("temperature_celsius"), CELSIUS);
        if (type.findFieldByNumber(ADDED_NUMBER) != null) {
            reading.setField(type.findFieldByNumber(ADDED_NUMBER), 7.0);
        }
        Descriptor response = contract.message("LookupTemperatureResponse");
        return DynamicMessage.newBuilder(response)
                .setField(response.findFieldByName("reading"), reading.build())
                .build();
    }

    private static DynamicMessage reading(Contract contract, DynamicMessage answer) {
        return (DynamicMessage)
                answer.getField(contract.message("LookupTemperatureResponse").findFieldByName("reading"));
    }

    /** What a later version may do. */
    private static FileDescriptorSet grow(FileDescriptorSet today) {
        FileDescriptorSet.Builder files = today.toBuilder();
        FileDescriptorProto.Builder file = files.getFileBuilderList().stream()
                .filter(any -> any.getName().equals(FILE))
                .findFirst()
                .orElseThrow();
        file.getMessageTypeBuilderList().stream()
                .filter(message -> List.of("LookupTemperatureRequest", "TemperatureReading")
                        .contains(message.getName()))
                .forEach(message -> message.addField(FieldDescriptorProto.newBuilder()
                        .setName("added")
                        .setNumber(ADDED_NUMBER)
                        .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL)
                        .setType(FieldDescriptorProto.Type.TYPE_DOUBLE)));
        file.getServiceBuilder(0)
                .addMethod(file.getService(0).getMethod(0).toBuilder().setName(ADDED_METHOD));
        return files.build();
    }

    /** One version of the contract, as a program that was built with it knows it. */
    private static final class Contract {
        private final Map<String, FileDescriptor> files = new HashMap<>();

        Contract(FileDescriptorSet set) {
            for (FileDescriptorProto file : set.getFileList()) {
                try {
                    // A file comes after those that it imports.
                    FileDescriptor[] imports =
                            file.getDependencyList().stream().map(files::get).toArray(FileDescriptor[]::new);
                    files.put(file.getName(), FileDescriptor.buildFrom(file, imports));
                } catch (DescriptorValidationException e) {
                    throw new IllegalArgumentException(file.getName(), e);
                }
            }
        }

        Descriptor message(String name) {
            return files.get(FILE).findMessageTypeByName(name);
        }

        MethodDescriptor<DynamicMessage, DynamicMessage> method(String name) {
            return MethodDescriptor.<DynamicMessage, DynamicMessage>newBuilder()
                    .setType(MethodDescriptor.MethodType.UNARY)
                    .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, name))
                    .setRequestMarshaller(ProtoUtils.marshaller(
                            DynamicMessage.getDefaultInstance(message("LookupTemperatureRequest"))))
                    .setResponseMarshaller(ProtoUtils.marshaller(
                            DynamicMessage.getDefaultInstance(message("LookupTemperatureResponse"))))
                    .build();
        }
    }
}
