/**
 * Parses what people write, whatever it is for: text files with a byte order mark or any line ending, and points in time. A
 * file that is not UTF-8 is refused with a message.
 */
package dev.wayside.text;
