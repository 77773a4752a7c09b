package dev.wayside.management;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.jolokia.server.core.service.api.Restrictor;

/** The rights according to Jolokia's own policy. */
public final class ConsoleRights implements ConsoleRightsMBean {
    private final Restrictor policy;

    ConsoleRights(Restrictor policy) {
        this.policy = policy;
    }

    @Override
    public boolean canInvoke(String mbean) {
        return true;
    }

    @Override
    public Map<String, Map<String, Map<String, Object>>> canInvoke(Map<String, List<String>> operations) {
        Map<String, Map<String, Map<String, Object>>> rights = new LinkedHashMap<>();
        operations.forEach((mbean, names) -> {
            Map<String, Map<String, Object>> ofMbean = new LinkedHashMap<>();
            for (String operation : names) {
                ofMbean.put(
                        operation,
                        Map.of("ObjectName", mbean, "Method", operation, "CanInvoke", isAllowed(mbean, operation)));
            }
            rights.put(mbean, ofMbean);
        });
        return rights;
    }

    private boolean isAllowed(String mbean, String operation) {
        try {
            return policy.isOperationAllowed(new ObjectName(mbean), operation);
        } catch (MalformedObjectNameException e) {
            throw new IllegalArgumentException(mbean + " is not the name of an MBean", e);
        }
    }
}
