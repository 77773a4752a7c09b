package dev.wayside.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A camera that {@code wayside cameras} has found, or one stream of it.
 *
 * @param kind {@code v4l2}, {@code rpicam} or {@code onvif}
 * @param name what it is
 * @param address the device's file, or the address on the network; null if it has none
 * @param pictures the formats and sizes that it offers; empty if it does not say
 * @param url the value of {@code camera.url}
 * @param note what to do before it can be used; null if nothing
 */
record FoundCamera(String kind, String name, String address, String pictures, String url, String note) {
    /** For a person, on two or three lines. */
    String text() {
        return String.format(
                        "%s%s%s%n",
                        name, address == null ? "" : " at " + address, pictures.isEmpty() ? "" : ": " + pictures)
                + String.format("    camera.url=%s%n", url)
                + (note == null ? "" : String.format("    %s%n", note));
    }

    /** For a program. */
    Map<String, Object> plain() {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("kind", kind);
        plain.put("name", name);
        plain.put("address", address);
        plain.put("pictures", pictures);
        plain.put("url", url);
        plain.put("note", note);
        return plain;
    }
}
