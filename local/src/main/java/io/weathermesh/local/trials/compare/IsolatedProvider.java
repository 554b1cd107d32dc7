package io.weathermesh.local.trials.compare;

import io.weathermesh.local.trials.compare.Children.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A provider on a host of its own, which can vanish from the network without a word: a network namespace, joined to
 * this one by a pair of virtual interfaces. To vanish, its end takes another hardware address, so that the packets sent
 * to it are dropped and nobody is told. Needs Linux and root; the interfaces go with the process.
 */
final class IsolatedProvider {
    /** From the range for benchmarks of networks (RFC 2544), which nobody routes. */
    static final String ADDRESS = "198.18.53.2";

    private static final String NEAR_ADDRESS = "198.18.53.1";
    private static final String NEAR = "wmcompare0";
    private static final String FAR = "wmcompare1";
    private static final String FAR_HARDWARE = "02:00:00:00:53:02";
    private static final String NOBODYS_HARDWARE = "02:00:00:00:53:99";

    private final String pid;

    private IsolatedProvider(long pid) {
        this.pid = Long.toString(pid);
    }

    /** Whether this machine and user can have one. */
    static boolean isPossible() {
        try {
            Commands.run("unshare", "-n", "true");
            Commands.run("ip", "link", "show", "lo");
            return Files.isDirectory(Path.of("/proc/self/ns"));
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static IsolatedProvider start(Children children, List<String> provider, Map<String, String> settings)
            throws Exception {
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("MESH_BIND_ADDRESS", ADDRESS);
        environment.put("WEATHER_SOURCES", "climatology");
        // The network must be there before the provider: it waits for a line.
        List<String> command = new ArrayList<>(List.of("unshare", "-n", "sh", "-c", "read line && exec \"$@\"", "sh"));
        command.addAll(provider);
        Process process = children.start("provider-cut-off", command, environment, Output.TO_LOG);
        IsolatedProvider host = new IsolatedProvider(process.pid());
        host.join();
        new ChildProcess(process).say("go");
        return host;
    }

    private void join() throws Exception {
        awaitNamespace();
        Commands.run(
                "ip", "link", "add", NEAR, "type", "veth", "peer", "name", FAR, "address", FAR_HARDWARE, "netns", pid);
        Commands.run("ip", "address", "add", NEAR_ADDRESS + "/30", "dev", NEAR);
        Commands.run("ip", "link", "set", NEAR, "up");
        Commands.run("ip", "neigh", "replace", ADDRESS, "lladdr", FAR_HARDWARE, "dev", NEAR, "nud", "permanent");
        inside("ip", "address", "add", ADDRESS + "/30", "dev", FAR);
        inside("ip", "link", "set", FAR, "up");
        inside("ip", "link", "set", "lo", "up");
    }

    /** {@code unshare} needs a moment. */
    private void awaitNamespace() throws IOException {
        Path own = Files.readSymbolicLink(Path.of("/proc/self/ns/net"));
        long end = System.nanoTime() + 2_000_000_000L;
        while (Files.readSymbolicLink(Path.of("/proc/" + pid + "/ns/net")).equals(own)) {
            if (System.nanoTime() - end > 0) {
                throw new IOException("unshare made no network namespace");
            }
            Thread.onSpinWait();
        }
    }

    private void inside(String... command) throws Exception {
        List<String> entered = new ArrayList<>(List.of("nsenter", "-t", pid, "-n"));
        entered.addAll(List.of(command));
        Commands.run(entered.toArray(String[]::new));
    }

    /** From now on every packet to it is lost. */
    void vanish() throws Exception {
        inside("ip", "link", "set", FAR, "address", NOBODYS_HARDWARE);
    }
}
