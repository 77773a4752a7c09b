/**
 * The journal as a Camel component: {@code to: journal:} accepts an event, {@code from: journal:<sink>} delivers to a
 * sink. {@link dev.wayside.journal.component.JournalConsumer} has the delivery contract in one loop;
 * docs/reliability.md has the promise.
 */
package dev.wayside.journal.component;
