package dev.wayside.onvif;

/**
 * A stream of a device.
 *
 * @param profile its name, printable; may be empty
 * @param picture its encoding and size, such as {@code H264 1920x1080}; may be empty
 * @param url its RTSP url, safe to paste
 */
public record OnvifStream(String profile, String picture, String url) {}
