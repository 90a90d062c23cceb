package io.inferometer.simulator.http;

import io.inferometer.simulator.batch.Upload;
import io.inferometer.simulator.engine.Generation;
import io.inferometer.simulator.engine.Pacer;
import io.inferometer.simulator.engine.Playback;
import io.inferometer.simulator.fault.Fault;
import io.inferometer.simulator.protocol.ApiException;
import io.inferometer.simulator.protocol.JsonBody;
import io.inferometer.simulator.protocol.Order;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * One client's connection: reads a request, sends what it gets, and so on for as long as the client keeps it open.
 *
 * <p>HTTP/1.1 only. One request at a time: a client that sends the next one before it has the last answer finds the
 * connection closed after that answer, as if the next one had never been read.
 */
public final class ClientConnection extends SimpleChannelInboundHandler<HttpObject> {
    private static final byte[] HEADER =
            ("X-More: " + "and so on ".repeat(800) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    /** How long a client may take to notice that the connection has ended. */
    private static final long LINGER_SECONDS = 1;

    /** How long a request is left unread. */
    private static final long UNREAD_SECONDS = 60;

    /** How long a client is given to take in what was sent, before the connection breaks. */
    private static final long NOTICE_MILLIS = 50;

    private static final System.Logger LOG = System.getLogger(ClientConnection.class.getName());

    private final Api api;
    private final Pacer pacer;
    private final Metrics metrics;
    private final LongSupplier clock;
    private final RequestBody body = new RequestBody();

    private ChannelHandlerContext context;
    /** The request being read or answered, or null between two. */
    private HttpRequest request;
    /** Why it will be refused when it has been read, or null. */
    private ApiException refusal;

    /** The rest of this request is not read. */
    private boolean unread;
    /** The connection is closed when it has been idle for a while after this answer, without a word. */
    private boolean closesIdle;

    private boolean answering;
    private boolean keepsAlive = true;
    /** Nothing more is read: this answer is the last one. */
    private boolean deaf;

    private AnswerBody answer;
    private Generation generation;
    private Metrics.Meter meter;

    public ClientConnection(Api api, Pacer pacer, Metrics metrics, LongSupplier clock) {
        this.api = api;
        this.pacer = pacer;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        this.context = context;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
        if (deaf) {
            return;
        }
        if (answering) {
            deaf = true;
            keepsAlive = false;
            return;
        }
        if (part.decoderResult().isFailure()) {
            refuseNow(ApiException.badRequest(
                    "not an HTTP request: " + part.decoderResult().cause().getMessage(), null));
            return;
        }
        if (part instanceof HttpRequest head) {
            begin(head);
        }
        if (unread) {
            return;
        }
        boolean wanted = part instanceof HttpContent && request != null && refusal == null;
        if (wanted && !body.append(((HttpContent) part).content(), context.channel())) {
            refusal = tooLarge();
        }
        if (part instanceof LastHttpContent && request != null) {
            answer();
        }
    }

    private void begin(HttpRequest head) {
        request = head;
        keepsAlive = HttpUtil.isKeepAlive(head);
        if (!head.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
            refuseNow(ApiException.invalid(
                    HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED, "only HTTP/1.1 is spoken here", null, null));
            return;
        }
        if (api.leavesUnread(head)) {
            unread = true;
            context.channel().config().setAutoRead(false);
            // Not reading, it never sees that the client has gone.
            context.executor().schedule(() -> context.close(), UNREAD_SECONDS, TimeUnit.SECONDS);
            return;
        }
        try {
            api.upload(head).ifPresent(body::goesTo);
        } catch (ApiException e) {
            refusal = e;
        }
        if (refusal == null && body.isTooLong(HttpUtil.getContentLength(head, 0L))) {
            refusal = tooLarge();
        }
        boolean waits = HttpUtil.is100ContinueExpected(head);
        if (waits && refusal != null) {
            refuseNow(refusal);
        } else if (waits) {
            send(buffer(CONTINUE.length).writeBytes(CONTINUE));
        }
    }

    private void answer() {
        long receivedNanos = clock.getAsLong();
        answering = true;
        try {
            if (refusal != null) {
                throw refusal;
            }
            Upload upload = body.takeUpload();
            follow(
                    upload != null
                            ? api.uploaded(upload)
                            : api.reply(request, body.bytes(), receivedNanos, pacer.schedule()),
                    receivedNanos);
        } catch (ApiException e) {
            respond(Api.refusal(request, e));
        } finally {
            body.release();
        }
    }

    private void follow(Reply reply, long receivedNanos) {
        if (reply instanceof Reply.Generate generate) {
            generate(generate, receivedNanos);
        } else if (reply instanceof Reply.Elsewhere elsewhere) {
            elsewhere
                    .begin()
                    .whenCompleteAsync((outcome, failure) -> made(outcome, failure, receivedNanos), context.executor());
        } else if (reply instanceof Reply.Download download) {
            download(download);
        } else if (reply instanceof Reply.Raw raw) {
            misbehave(raw);
        } else {
            respond((HttpReply) reply);
        }
    }

    private void misbehave(Reply.Raw raw) {
        ByteBuf bytes = buffer(raw.bytes().length).writeBytes(raw.bytes());
        switch (raw.then()) {
            case NEXT -> finish(bytes);
            case SILENCE -> send(bytes);
            case HEADERS -> {
                send(bytes);
                flood(new Flood(this, HEADER, Flood.FOREVER, () -> {}));
            }
            case RESET -> {
                send(bytes);
                // What was sent before has arrived by then, or the reset would overtake it.
                context.executor().schedule(this::reset, NOTICE_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
    }

    private void reset() {
        ((SocketChannel) context.channel()).config().setSoLinger(0);
        context.close();
    }

    /** Sends this from now on, in the place of the answer. */
    void flood(Flood flood) {
        answer = flood;
        flood.start();
    }

    private void download(Reply.Download reply) {
        try {
            answer = new Download(this, reply);
            answer.start();
        } catch (IOException e) {
            respond(Api.refusal(
                    request,
                    ApiException.invalid(HttpResponseStatus.NOT_FOUND, "the file is gone", "id", "not_found")));
        }
    }

    private void made(Reply.Outcome outcome, Throwable failure, long receivedNanos) {
        if (!context.channel().isActive()) {
            return;
        }
        if (failure != null) {
            LOG.log(System.Logger.Level.WARNING, "a reply of the simulated endpoint could not be made", failure);
            respond(Api.refusal(request, ApiException.internal()));
        } else if (outcome.error() != null) {
            respond(Api.refusal(request, outcome.error()));
        } else {
            follow(outcome.reply(), receivedNanos);
        }
    }

    private void generate(Reply.Generate reply, long receivedNanos) {
        Order order = reply.order();
        answer = order.ask().stream()
                ? new EventStream(this, order, receivedNanos, clock)
                : new WholeBody(this, reply, receivedNanos, clock);
        closesIdle = order.fault() == Fault.CLOSE_IDLE;
        meter = metrics.begin(order, answer, receivedNanos);
        generation = order.generation(meter).playing(request.headers().getInt(Playback.HEADER, 0));
        answer.start();
        pacer.submit(generation, receivedNanos);
    }

    private void refuseNow(ApiException error) {
        answering = true;
        deaf = true;
        keepsAlive = false;
        respond(Api.refusal(request, error));
    }

    private void respond(HttpReply response) {
        byte[] bytes = response.bytes(!keepsAlive);
        finish(buffer(bytes.length).writeBytes(bytes));
    }

    private static ApiException tooLarge() {
        return ApiException.invalid(
                HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
                "the body is longer than " + JsonBody.MAX_BYTES + " bytes",
                null,
                null);
    }

    /** Whether the connection stays open after this answer. */
    boolean keepsAlive() {
        return keepsAlive;
    }

    /** Does something when it is the turn of others on the event loop first. */
    void later(Runnable task) {
        context.executor().execute(task);
    }

    /** A buffer to be filled and sent. */
    ByteBuf buffer(int size) {
        return context.alloc().ioBuffer(size);
    }

    /** Whether bytes that are sent now leave for the client, instead of piling up here. */
    boolean writable() {
        return context.channel().isWritable();
    }

    /** Sends a part of the answer. */
    void send(ByteBuf part) {
        context.writeAndFlush(part, context.voidPromise());
    }

    /** Sends the last part of the answer; then it is the next request's turn. */
    void finish(ByteBuf part) {
        answering = false;
        request = null;
        refusal = null;
        answer = null;
        generation = null;
        if (keepsAlive) {
            send(part);
            if (closesIdle) {
                closesIdle = false;
                context.executor().schedule(this::closeIfIdle, NOTICE_MILLIS, TimeUnit.MILLISECONDS);
            }
        } else {
            sendAndClose(part);
        }
    }

    private void closeIfIdle() {
        if (request == null) {
            context.close();
        }
    }

    /** Sends a part and closes the connection after it, however much was still to come. */
    void sendAndClose(ByteBuf part) {
        deaf = true;
        context.writeAndFlush(part).addListener(sent -> {
            // Closing at once would reset the connection if the client is still sending, and the answer be lost.
            ((SocketChannel) context.channel()).shutdownOutput();
            context.executor().schedule(() -> context.close(), LINGER_SECONDS, TimeUnit.SECONDS);
        });
    }

    /** Nothing more of the answer becomes due. */
    void stopGeneration() {
        if (generation != null) {
            pacer.cancel(generation);
            meter.abort();
            generation = null;
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (answer != null && writable()) {
            answer.resume();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        deaf = true;
        if (answer != null) {
            answer.close();
            answer = null;
        }
        stopGeneration();
        body.release();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException)) {
            LOG.log(System.Logger.Level.WARNING, "a connection of the simulated endpoint failed", cause);
        }
        context.close();
    }
}
