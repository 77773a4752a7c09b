/**
 * Text files as people write them: with a byte order mark, with any line end, and a sentence for what is not UTF-8. It
 * knows nothing of what the files are for.
 */
package dev.wayside.text;
