package io.weathermesh.local.trials.compare;

import io.weathermesh.local.fleet.JvmLauncher;
import io.weathermesh.local.fleet.OrphanReaper;
import io.weathermesh.local.fleet.ServiceDefinition;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A temperature-provider in a network namespace of its own, joined to this one by a pair of virtual interfaces. It can
 * become a black hole: its interface then takes another hardware address, so that the kernel drops every packet sent to
 * it without an error. Needs Linux and root. The interfaces disappear with the processes in the namespace.
 */
final class IsolatedProvider {
    /** From the range for benchmarks of networks (RFC 2544), which is not routed. */
    private static final String ADDRESS = "198.18.53.2";

    private static final String NEAR_ADDRESS = "198.18.53.1";
    private static final String NEAR = "wmcompare0";
    private static final String FAR = "wmcompare1";
    private static final String FAR_HARDWARE = "02:00:00:00:53:02";
    private static final String UNUSED_HARDWARE = "02:00:00:00:53:99";
    private static final long MAX_UNSHARE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final String namespacePid;

    private IsolatedProvider(long namespacePid) {
        this.namespacePid = Long.toString(namespacePid);
    }

    /** Whether this machine and this user can create network namespaces. */
    static boolean isPossible() {
        try {
            run(List.of("unshare", "-n", "true"));
            run(List.of("ip", "link", "show", "lo"));
            return Files.isDirectory(Path.of("/proc/self/ns"));
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static Inet4Address address() throws IOException {
        return (Inet4Address) InetAddress.getByName(ADDRESS);
    }

    /** Starts the provider; returns before it serves. */
    static IsolatedProvider start(JvmLauncher launcher, OrphanReaper reaper) throws IOException, InterruptedException {
        // Keeps the namespace until its input ends.
        Process namespace = reaper.launch(new ProcessBuilder("unshare", "-n", "sh", "-c", "read line"));
        IsolatedProvider provider = new IsolatedProvider(namespace.pid());
        provider.connect();
        launcher.wrappedIn(provider.inNamespace())
                .launch(ServiceDefinition.TEMPERATURE, "provider-isolated", address());
        return provider;
    }

    private void connect() throws IOException, InterruptedException {
        awaitNamespace();
        ip("link add " + NEAR + " type veth peer name " + FAR + " address " + FAR_HARDWARE + " netns " + namespacePid);
        ip("address add " + NEAR_ADDRESS + "/30 dev " + NEAR);
        ip("link set " + NEAR + " up");
        ip("neigh replace " + ADDRESS + " lladdr " + FAR_HARDWARE + " dev " + NEAR + " nud permanent");
        ipInNamespace("address add " + ADDRESS + "/30 dev " + FAR);
        ipInNamespace("link set " + FAR + " up");
        ipInNamespace("link set lo up");
    }

    /** {@code unshare} creates it a moment after its start. */
    private void awaitNamespace() throws IOException {
        Path own = Files.readSymbolicLink(Path.of("/proc/self/ns/net"));
        long end = System.nanoTime() + MAX_UNSHARE_NANOS;
        while (Files.readSymbolicLink(Path.of("/proc/" + namespacePid + "/ns/net"))
                .equals(own)) {
            if (System.nanoTime() - end > 0) {
                throw new IOException("unshare created no network namespace");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** From now on every packet to it is lost. */
    void becomeBlackHole() throws IOException, InterruptedException {
        ipInNamespace("link set " + FAR + " address " + UNUSED_HARDWARE);
    }

    private List<String> inNamespace() {
        return List.of("nsenter", "-t", namespacePid, "-n");
    }

    private static void ip(String arguments) throws IOException, InterruptedException {
        run(List.of(("ip " + arguments).split(" ")));
    }

    private void ipInNamespace(String arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(inNamespace());
        command.addAll(List.of(("ip " + arguments).split(" ")));
        run(command);
    }

    /** @throws IOException with the command's output, if it fails */
    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output.strip());
        }
    }
}
