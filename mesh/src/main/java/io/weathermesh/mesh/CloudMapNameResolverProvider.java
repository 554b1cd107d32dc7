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
 * Makes targets of the form {@code cloudmap:///humidity-provider.weather-api:50051} known to gRPC, which finds this
 * class through {@code META-INF/services}. Without a port, {@link MeshNames#GRPC_PORT} is meant.
 */
public final class CloudMapNameResolverProvider extends NameResolverProvider {
    static final String SCHEME = "cloudmap";

    /** Below that of dns, which is 5: a target without a scheme must go on meaning what it means today. */
    private static final int PRIORITY = 4;

    /** For ServiceLoader. */
    public CloudMapNameResolverProvider() {}

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
        // gRPC tries every provider's default scheme in turn; null says that this one is not meant.
        return SCHEME.equals(scheme) ? CloudMapNameResolver.create(CloudMapTarget.parse(target), args) : null;
    }

    @Override
    public Collection<Class<? extends SocketAddress>> getProducedSocketAddressTypes() {
        return Set.of(InetSocketAddress.class);
    }
}
