/**
 * The journal as a Camel component: {@code to: journal:} accepts an event, {@code from: journal:<sink>} delivers to a
 * sink. {@link dev.wayside.journal.component.JournalConsumer} implements the delivery contract in one loop;
 * docs/reliability.md states what is guaranteed.
 */
package dev.wayside.journal.component;
