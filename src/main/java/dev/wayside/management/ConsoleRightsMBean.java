package dev.wayside.management;

import java.util.List;
import java.util.Map;

/**
 * Tells Hawtio which operations Jolokia would refuse, so that it disables their buttons. The type and the area in its
 * name, {@code type=security,area=jmx}, are those for which Hawtio searches.
 */
public interface ConsoleRightsMBean {
    /** Whether the MBean may be shown; always true, because Jolokia's list has none of those that may not. */
    boolean canInvoke(String mbean);

    /**
     * Which operations are allowed.
     *
     * @param operations for each MBean, its operations with their signatures, such as {@code stop(long)}
     * @return for each MBean and operation, a map with {@code ObjectName}, {@code Method} and {@code CanInvoke}
     */
    Map<String, Map<String, Map<String, Object>>> canInvoke(Map<String, List<String>> operations);
}
