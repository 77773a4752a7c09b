package dev.wayside.access;

import java.net.InetAddress;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names by which clients may call this server. A page of another site can make its own name point to this machine (DNS
 * rebinding); a browser would then let that page read everything here. The {@code Host} header gives it away: it still
 * has the other name.
 *
 * <p>An IP address is no such name, so on a network every address is allowed: the server does not know the addresses by
 * which routers and Kubernetes services pass connections on to it. A server on the loopback interface allows only
 * loopback addresses, because a request with another one was passed on by a proxy that nobody configured here.
 */
final class AllowedHosts {
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern LOOPBACK = Pattern.compile("127(\\.\\d{1,3}){3}|::1|0:0:0:0:0:0:0:1");

    private final boolean loopback;
    private final Set<String> names = new HashSet<>();

    /**
     * @param bind the address on which the server listens
     * @param host the name of that address in the settings
     * @param machine the name of this machine
     * @param more names that the settings allow in addition
     */
    AllowedHosts(InetAddress bind, String host, String machine, Collection<String> more) {
        loopback = bind.isLoopbackAddress();
        names.add("localhost");
        names.add(normal(host));
        if (!loopback) {
            names.add(normal(machine));
            // By this name, multicast DNS finds it: phones and desktops know no other.
            names.add(normal(machine.replaceFirst("\\..*", "") + ".local"));
        }
        more.forEach(name -> names.add(normal(name)));
    }

    /**
     * Whether a client may call this server so.
     *
     * @param host of the {@code Host} header, without the port; null if there is none
     */
    boolean allows(String host) {
        if (host == null || host.isEmpty()) {
            return false;
        }
        String name = normal(host);
        if (names.contains(name)) {
            return true;
        }
        return loopback ? LOOPBACK.matcher(name).matches() : IPV4.matcher(name).matches() || name.contains(":");
    }

    /** The name as the message may show it: it comes from a stranger. */
    static String shown(String host) {
        return Optional.ofNullable(host)
                .filter(name -> name.matches("[A-Za-z0-9._:\\[\\]-]{1,253}"))
                .map(name -> "'" + name + "'")
                .orElse("this name");
    }

    private static String normal(String host) {
        String name = host.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
        return name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
    }
}
