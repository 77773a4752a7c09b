package dev.wayside.text;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recognises IP addresses in what people write. */
public final class IpAddress {
    private static final Pattern SIX = Pattern.compile("([0-9A-Fa-f:.]+)(?:%[A-Za-z0-9._~-]+)?");

    private IpAddress() {}

    /**
     * Whether a text is an IPv6 address. It has no brackets, and can end with a zone, as in {@code fe80::1%eth0}; whether this
     * machine has that zone is not checked.
     */
    public static boolean isIpv6(String text) {
        Matcher six = SIX.matcher(text);
        return six.matches() && isLiteral(six.group(1));
    }

    /** What is in brackets is never looked up as a name. */
    private static boolean isLiteral(String address) {
        try {
            return InetAddress.getByName("[" + address + "]") != null;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** The text between brackets, or the whole text if it is not in brackets. */
    public static String withoutBrackets(String text) {
        return text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    }
}
