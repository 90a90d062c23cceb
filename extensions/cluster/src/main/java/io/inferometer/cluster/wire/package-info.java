/**
 * How the processes of a cluster reach each other: one port each, TLS 1.3 by a secret that all of them know, calls from one
 * to another, and the group of a run on JGroups. It knows nothing of runs.
 */
package io.inferometer.cluster.wire;
