/**
 * The servers that Pollux is compared with: each sends the same responses on one thread, set up as its makers advise for one core.
 * A main class takes the port as its first argument.
 */
package org.pollux.benchmarks.servers;
