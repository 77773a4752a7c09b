package dev.wayside.processors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class EventMessagesTest {
    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

    @Test
    void createsOneMessageForEachEventInOrder() {
        exchange.getMessage().setBody(List.of(Map.of("id", "a"), Map.of("id", "b")));
        List<Object> bodies = new EventMessages()
                .messages(exchange).stream().map(Message::getBody).toList();
        assertEquals(List.of(Map.of("id", "a"), Map.of("id", "b")), bodies);
        assertEquals(bodies, exchange.getMessage().getBody(), "the body stays for the next sink of the route");
    }

    @Test
    void refusesABodyThatIsNotAnEvent() {
        for (Object body : List.of("text", Map.of("device", "pi-01"), List.of(1))) {
            exchange.getMessage().setBody(body);
            assertThrows(IllegalArgumentException.class, () -> new EventMessages().messages(exchange));
        }
        exchange.getMessage().setBody(null);
        assertThrows(IllegalArgumentException.class, () -> new EventMessages().messages(exchange));
    }
}
