package io.weathermesh.local.twin;

import io.weathermesh.local.fleet.ServiceDefinition;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Checks before the start whether every address and port can be used; the error says what to do. */
final class Preflight {
    private static final String MAC = """
            this Mac has no %s: it has only 127.0.0.1 until aliases are added. For up to 8 tasks a service, \
            or 4 if deployments are to have room:
              for s in %s; do for t in 1 2 3 4 5 6 7 8; do sudo ifconfig lo0 alias 127.0.$s.$t up; done; done
            (a restart of the Mac takes them away again)""";
    private static final String OTHER = """
            this machine has no %s, and every task needs a loopback address of its own. On Linux, as root:
              ip address add 127.0.0.1/8 dev lo
            In a container, start it with its own network namespace and a loopback of /8, as Docker and Podman do.""";

    private final TwinSettings settings;
    private final String operatingSystem;
    private final Predicate<Inet4Address> onThisMachine;

    /** @param onThisMachine whether a process can listen at an address */
    Preflight(TwinSettings settings, String operatingSystem, Predicate<Inet4Address> onThisMachine) {
        this.settings = settings;
        this.operatingSystem = operatingSystem;
        this.onThisMachine = onThisMachine;
    }

    /**
     * @throws CannotStartException if an address or a port cannot be used
     */
    void check() {
        checkFree(TwinSettings.LOOPBACK, settings.port(), "choose another port with --port");
        checkFree(TwinSettings.LOOPBACK, settings.dnsPort(), "choose another port with --dns-port");
        checkFree(TwinSettings.LOOPBACK, settings.awsPort(), "choose another port with --aws-port");
        checkDatagramsFree(settings.dnsPort());
        settings.services().forEach(service -> checkTasks(service, settings.tasksOf(service)));
    }

    private void checkTasks(ServiceDefinition service, int count) {
        for (int number = 1; number <= count; number++) {
            Inet4Address address = service.addressOf(number);
            String host = address.getHostAddress();
            if (!onThisMachine.test(address)) {
                throw new CannotStartException(
                        operatingSystem.startsWith("Mac") ? MAC.formatted(host, subnets()) : OTHER.formatted(host));
            }
            for (int port : service.ports()) {
                checkFree(
                        host,
                        port,
                        "choose other addresses with --subnet: a task of " + service.name()
                                + " needs exactly this port");
            }
        }
    }

    private String subnets() {
        return settings.services().stream()
                .map(service -> Integer.toString(service.subnet()))
                .sorted()
                .collect(Collectors.joining(" "));
    }

    private static void checkFree(String host, int port, String advice) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
        } catch (IOException e) {
            throw taken(host, port, advice, e);
        }
    }

    private static void checkDatagramsFree(int port) {
        try (DatagramSocket socket = new DatagramSocket(null)) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (SocketException e) {
            throw taken(TwinSettings.LOOPBACK, port, "choose another port with --dns-port", e);
        }
    }

    private static CannotStartException taken(String host, int port, String advice, IOException cause) {
        if (String.valueOf(cause.getMessage()).contains("ermission")) {
            return new CannotStartException("port " + port + " on " + host
                    + " needs a permission that this user does not" + " have: " + advice + ", or run it as root");
        }
        return new CannotStartException(
                "port " + port + " on " + host + " is taken (" + cause.getMessage() + "): free it, or " + advice);
    }
}
