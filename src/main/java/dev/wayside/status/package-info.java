/** What every part of Wayside says about itself now, gathered for the page, for health and for whoever asks. */
package dev.wayside.status;
