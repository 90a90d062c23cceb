/**
 * Members of a run on other machines. A coordinator, which is the run itself, calls agents, and each agent runs its share
 * of every fork in JVMs of its own jar and sends what their journals say home.
 */
package io.inferometer.cluster;
