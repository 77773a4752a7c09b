package dev.wayside.live;

import dev.wayside.failure.UnavailableException;
import dev.wayside.net.Ports;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Checks beforehand that the page's address is free: if it is not, Camel's server only logs a warning and runs on
 * without a page.
 */
public final class HttpPort {
    private HttpPort() {}

    /**
     * Binds the address briefly.
     *
     * @param host a name or address of this machine
     * @param port 1 to 65535
     * @throws UnavailableException if the address cannot be bound; the message tells the user what to do
     */
    public static void requireFree(String host, int port) {
        try {
            Ports.probe(host, port);
        } catch (UnknownHostException e) {
            throw new UnavailableException(
                    "The live page cannot listen: http.host=" + host + " cannot be resolved on this machine.", e);
        } catch (BindException e) {
            throw new UnavailableException(sentence(host, port, String.valueOf(e.getMessage())), e);
        } catch (IOException e) {
            throw new UnavailableException(
                    "The live page cannot listen on " + hostAndPort(host, port) + ": " + e.getMessage() + ".", e);
        }
    }

    /**
     * The address to listen on, looked up as the rest of this machine does: Vert.x has a way of its own, which knows no
     * {@code 0} and none of the names that only this machine has.
     *
     * @param host a name or address of this machine; one that cannot be looked up is returned as it is
     */
    public static String address(String host) {
        try {
            return host.contains(":") ? host : InetAddress.getByName(host).getHostAddress();
        } catch (UnknownHostException e) {
            return host;
        }
    }

    /**
     * The page's address for a browser.
     *
     * @param scheme {@code http} or {@code https}
     * @param host a name or address of this machine
     * @param machine the name of this machine, shown if the host is a wildcard for all its addresses
     */
    public static String url(String scheme, String host, int port, String machine) {
        return scheme + "://" + hostAndPort(isWildcard(host) ? machine : host, port) + "/";
    }

    /** An IPv6 address needs brackets, because it contains colons. */
    private static String hostAndPort(String host, int port) {
        return (host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host) + ":" + port;
    }

    private static boolean isWildcard(String host) {
        try {
            return InetAddress.getByName(host).isAnyLocalAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static String sentence(String host, int port, String reason) {
        if (reason.contains("in use")) {
            return "Port " + port + " on " + host + " is taken by another program: stop that program, or choose another"
                    + " port for the live page with --set http.port=" + other(port) + ".";
        }
        if (reason.contains("Permission denied")) {
            return "This user may not listen on port " + port + ": choose one above 1023 for the live page, for"
                    + " example --set http.port=8080.";
        }
        if (reason.contains("Cannot assign")) {
            return "The live page cannot listen on http.host=" + host + ": this machine has no such address. Use"
                    + " 127.0.0.1 for this machine only, or 0.0.0.0 for every network.";
        }
        return "The live page cannot listen on " + hostAndPort(host, port) + ": " + reason + ".";
    }

    private static int other(int port) {
        return port < 65535 ? port + 1 : port - 1;
    }
}
