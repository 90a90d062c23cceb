/**
 * A transport over the JDK's channels, for many streams and large batches.
 *
 * <p>A {@link io.inferometer.endpoint.nio.NioTransport} hands each request to one of its event loops. An event loop is one
 * thread with one selector; it owns its connections, their pool and its buffers, so that nothing on the way from a read to
 * the exchange is shared, locked or allocated. A connection carries one request at a time: it writes the request, and
 * hands what is read to a parser, which knows no socket. Encryption lies in between, in a wire.
 *
 * <p>What a callback sends is put in line behind the work in hand and begun right after it, on the same thread: no request
 * begins inside another's, and the buffers have one user at a time. Time limits are the exchange's; it gives a request up
 * by closing its connection.
 */
package io.inferometer.endpoint.nio;
