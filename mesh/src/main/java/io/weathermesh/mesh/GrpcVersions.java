package io.weathermesh.mesh;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks that the parts of gRPC are of one version. They call internals of each other, so that a mixture, as frameworks
 * make it that manage the version of some parts, fails with a {@code NoSuchMethodError} that names none of this.
 */
final class GrpcVersions {
    private static final Logger LOG = LoggerFactory.getLogger(GrpcVersions.class);

    /** A type of each part, by name: loading it must not fail when its part does not fit. */
    private static final Map<String, String> TYPES = new TreeMap<>(Map.of(
            "grpc-api", "io.grpc.ManagedChannel",
            "grpc-core", "io.grpc.internal.GrpcUtil",
            "grpc-netty-shaded", "io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder",
            "grpc-protobuf", "io.grpc.protobuf.ProtoUtils",
            "grpc-services", "io.grpc.protobuf.services.HealthStatusManager",
            "grpc-stub", "io.grpc.stub.ClientCalls",
            "grpc-util", "io.grpc.util.ForwardingLoadBalancerHelper"));

    private GrpcVersions() {}

    /** Initialized, and so logged, once. */
    private static final class Logged {
        private static final Optional<String> MISMATCH = mismatch(found());

        static {
            MISMATCH.ifPresent(LOG::error);
        }
    }

    /** Logs a mismatch, at the first call of the process. */
    static void check() {
        Optional<String> ignored = Logged.MISMATCH;
    }

    /** The version of each part by its manifest; a part that is absent, or in a fat jar without one, is left out. */
    static Map<String, String> found() {
        Map<String, String> versions = new LinkedHashMap<>();
        TYPES.forEach((part, type) -> versionOf(type).ifPresent(version -> versions.put(part, version)));
        return versions;
    }

    private static Optional<String> versionOf(String type) {
        try {
            Package part = Class.forName(type, false, GrpcVersions.class.getClassLoader())
                    .getPackage();
            return Optional.ofNullable(part.getImplementationVersion());
        } catch (ClassNotFoundException | LinkageError e) {
            return Optional.empty(); // A check must not fail what might work.
        }
    }

    /** A sentence about versions that differ; empty if they do not. */
    static Optional<String> mismatch(Map<String, String> versions) {
        return versions.values().stream().distinct().count() <= 1
                ? Optional.empty()
                : Optional.of("The parts of gRPC are of different versions ("
                        + versions.entrySet().stream()
                                .map(part -> part.getKey() + " " + part.getValue())
                                .collect(Collectors.joining(", "))
                        + "), which fails with errors such as NoSuchMethodError: import io.weathermesh:weather-bom"
                        + " or io.grpc:grpc-bom before the BOM of your framework");
    }
}
