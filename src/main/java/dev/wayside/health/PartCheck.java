package dev.wayside.health;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** One part's health check. */
public final class PartCheck extends AbstractHealthCheck {
    private static final String GROUP = "wayside";

    /** What a failed check means for the process. A check without a meaning only informs: the state is degraded. */
    public enum Meaning {
        /** Only a restart can help. */
        NOT_LIVE,
        /** It cannot do its work now. */
        NOT_READY
    }

    private final Set<Meaning> meanings = EnumSet.noneOf(Meaning.class);
    private final Supplier<Condition> condition;

    /**
     * Calls nothing until the check is invoked.
     *
     * @param part the part's name, such as {@code journal}; the id is {@code wayside-journal}
     * @param condition called for each check, from any thread; must not wait for the part
     * @param failed what a failed check means
     */
    public PartCheck(String part, Supplier<Condition> condition, Meaning... failed) {
        super(GROUP, GROUP + "-" + part);
        this.condition = condition;
        this.meanings.addAll(Set.of(failed));
    }

    @Override
    public boolean isLiveness() {
        return meanings.contains(Meaning.NOT_LIVE);
    }

    @Override
    public boolean isReadiness() {
        return meanings.contains(Meaning.NOT_READY);
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        Condition now = condition.get();
        builder.state(now.good() ? State.UP : State.DOWN);
        if (now.reason() != null) {
            builder.message(now.reason());
        }
        now.data().forEach(builder::detail);
    }
}
