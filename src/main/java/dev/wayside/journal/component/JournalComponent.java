package dev.wayside.journal.component;

import dev.wayside.journal.Journal;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.DefaultComponent;

/** Stores events durably and delivers them to sinks, retrying until each sink has acknowledged them. */
@Component("journal")
public class JournalComponent extends DefaultComponent {
    @Metadata(description = "The journal to use. By default, the bean journal in the registry.")
    private Journal journal;

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        JournalEndpoint endpoint = new JournalEndpoint(uri, this, remaining);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        getCamelContext().getManagementStrategy().addEventNotifier(new HandledFailures());
    }

    public Journal getJournal() {
        return journal;
    }

    public void setJournal(Journal journal) {
        this.journal = journal;
    }

    Journal requireJournal() {
        return journal != null
                ? journal
                : CamelContextHelper.mandatoryLookup(getCamelContext(), "journal", Journal.class);
    }
}
