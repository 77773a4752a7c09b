/**
 * What Linux says about the machine: memory, processor, disk, and on a Raspberry Pi its temperature and power supply; and
 * the programs that are installed.
 */
package dev.wayside.machine;
