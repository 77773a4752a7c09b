package dev.wayside.processors;

import dev.wayside.mqtt.SharedSubscription;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.apache.camel.support.LifecycleStrategySupport;

/** Lets the subscriptions of a context leave their groups before its routes stop, which have to store their last events. */
final class LeavingMembers extends LifecycleStrategySupport {
    private final List<SharedSubscription> members = new CopyOnWriteArrayList<>();

    private LeavingMembers() {}

    /** Adds a subscription of a context; there is one of this class in each. */
    static void add(CamelContext context, SharedSubscription member) {
        synchronized (LeavingMembers.class) {
            LeavingMembers all = context.getLifecycleStrategies().stream()
                    .filter(LeavingMembers.class::isInstance)
                    .map(LeavingMembers.class::cast)
                    .findFirst()
                    .orElseGet(LeavingMembers::new);
            if (all.members.isEmpty()) {
                context.addLifecycleStrategy(all);
            }
            all.members.add(member);
        }
    }

    @Override
    public void onContextStopping(CamelContext context) {
        // All at the same time: a store that is away must not take the time of the others.
        members.forEach(SharedSubscription::beginLeaving);
        members.forEach(SharedSubscription::leave);
    }
}
