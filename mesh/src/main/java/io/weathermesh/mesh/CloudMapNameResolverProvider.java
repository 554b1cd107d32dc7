package io.weathermesh.mesh;

import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.Uri;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Resolves targets of the form {@code cloudmap:///humidity-provider.weather-api:50051}. gRPC finds this class through
 * {@code META-INF/services}. The default port is {@link MeshNames#GRPC_PORT}.
 */
public final class CloudMapNameResolverProvider extends NameResolverProvider {
    static final String SCHEME = "cloudmap";

    /** Below that of dns, which is 5: a target without a scheme must keep its meaning. */
    private static final int PRIORITY = 4;

    /** For ServiceLoader, which gRPC uses before the first channel of a process. */
    public CloudMapNameResolverProvider() {
        GrpcVersions.check();
    }

    @Override
    protected boolean isAvailable() {
        return true;
    }

    @Override
    protected int priority() {
        return PRIORITY;
    }

    @Override
    public String getDefaultScheme() {
        return SCHEME;
    }

    @Override
    public @Nullable NameResolver newNameResolver(URI target, NameResolver.Args args) {
        return newNameResolver(target.getScheme(), target.toString(), args);
    }

    @Override
    public @Nullable NameResolver newNameResolver(Uri target, NameResolver.Args args) {
        return newNameResolver(target.getScheme(), target.toString(), args);
    }

    private static @Nullable NameResolver newNameResolver(String scheme, String target, NameResolver.Args args) {
        // gRPC tries every provider in turn; null means that the target is for another one.
        return SCHEME.equalsIgnoreCase(scheme) ? CloudMapNameResolver.create(CloudMapTarget.parse(target), args) : null;
    }

    @Override
    public Collection<Class<? extends SocketAddress>> getProducedSocketAddressTypes() {
        return Set.of(InetSocketAddress.class);
    }
}
