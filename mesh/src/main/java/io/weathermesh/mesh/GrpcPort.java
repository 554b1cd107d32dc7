package io.weathermesh.mesh;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.rpc.ErrorDetailsProto;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.ProtoFileDescriptorSupplier;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.grpc.reflection.v1.ServerReflectionProto;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** The gRPC server on Netty, with every limit that keeps one client from harming the others. */
final class GrpcPort {
    /** Our channels ping every 10 s; the connection of a client that pings more often than this is closed. */
    private static final long PERMIT_KEEPALIVE_SECONDS = 5;

    /** A safety net: a client that never queries DNS again reconnects this often. */
    private static final long MAX_CONNECTION_AGE_MINUTES = 10;

    /** Without it, one connection with 350,000 open streams ends a heap of 512 MB within 40 s (measured). */
    static final int MAX_CALLS_PER_CONNECTION = 256;

    /**
     * Stops rapid reset and its relatives, which grpc-java does not by itself (measured). Honest clients reset too: each
     * hedge that loses is a reset. With 200 in 30 s, a fleet that was merely slow failed 5 % of 100 calls a second,
     * because its connections were closed (measured); a thousand resets a second cost a server little.
     */
    static final int MAX_RESETS = 2_000;

    private static final int MAX_RESETS_SECONDS = 2;

    /** The longest that a client that connects and sends nothing holds a socket. */
    private static final long HANDSHAKE_SECONDS = 10;

    private final NettyServerBuilder builder;

    GrpcPort(MeshServerConfig config, MeshTimings timings, boolean direct) {
        InetSocketAddress address = new InetSocketAddress(config.bindAddress(), config.grpcPort());
        builder = NettyServerBuilder.forAddress(address, InsecureServerCredentials.create())
                .permitKeepAliveTime(PERMIT_KEEPALIVE_SECONDS, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .maxConnectionAge(MAX_CONNECTION_AGE_MINUTES, TimeUnit.MINUTES)
                // Calls in flight end within a drain, as when the task shuts down; streams must be opened again.
                .maxConnectionAgeGrace(timings.drain().toMillis(), TimeUnit.MILLISECONDS)
                .maxConcurrentCallsPerConnection(MAX_CALLS_PER_CONNECTION)
                .maxRstFramesPerWindow(MAX_RESETS, MAX_RESETS_SECONDS)
                .handshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS)
                .maxInboundMessageSize(config.maxInboundMessageBytes())
                .maxInboundMetadataSize(config.maxInboundMetadataBytes());
        new ConnectionLimit(config.maxConnections()).guard(builder);
        if (direct) {
            builder.directExecutor();
        }
    }

    void serve(ServerServiceDefinition service) {
        builder.addService(service);
    }

    /**
     * Serves reflection, for tools that call without proto files. It includes the types of {@code google.rpc} that
     * errors carry as details.
     *
     * @param streams ends their streams at the shutdown
     */
    @SuppressWarnings("deprecation") // grpcurl before 1.9 and Postman still use v1alpha.
    void serveReflection(ServerInterceptor streams, MalformedRequests malformed) {
        ServerServiceDefinition reflection =
                withErrorDetails(ProtoReflectionServiceV1.newInstance().bindService());
        ServerServiceDefinition alpha =
                io.grpc.protobuf.services.ProtoReflectionService.newInstance().bindService();
        serve(ServerInterceptors.intercept(malformed.refuseIn(reflection), streams));
        serve(ServerInterceptors.intercept(malformed.refuseIn(alpha), streams));
    }

    /**
     * The same service with a schema file that imports the error details beside its own contract. Reflection returns
     * what the files of all services import, and no contract imports what travels as {@code Any}.
     */
    private static ServerServiceDefinition withErrorDetails(ServerServiceDefinition service) {
        FileDescriptor file = importing(ServerReflectionProto.getDescriptor(), ErrorDetailsProto.getDescriptor());
        ServiceDescriptor.Builder descriptor =
                ServiceDescriptor.newBuilder(service.getServiceDescriptor().getName());
        descriptor.setSchemaDescriptor((ProtoFileDescriptorSupplier) () -> file);
        service.getServiceDescriptor().getMethods().forEach(descriptor::addMethod);
        ServerServiceDefinition.Builder same = ServerServiceDefinition.builder(descriptor.build());
        service.getMethods().forEach(same::addMethod);
        return same.build();
    }

    private static FileDescriptor importing(FileDescriptor... imports) {
        FileDescriptorProto.Builder file = FileDescriptorProto.newBuilder().setName("weathermesh/reflection.proto");
        for (FileDescriptor each : imports) {
            file.addDependency(each.getName());
        }
        try {
            return FileDescriptor.buildFrom(file.build(), imports);
        } catch (DescriptorValidationException e) {
            throw new IllegalStateException("a file that only imports is not valid", e);
        }
    }

    Server build() {
        return builder.build();
    }
}
