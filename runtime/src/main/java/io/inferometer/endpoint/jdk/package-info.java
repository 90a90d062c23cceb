/** The transport over the JDK's {@code java.net.http}. */
package io.inferometer.endpoint.jdk;
