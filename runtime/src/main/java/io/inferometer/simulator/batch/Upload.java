package io.inferometer.simulator.batch;

import io.inferometer.simulator.protocol.ApiException;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.multipart.Attribute;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.FileUpload;
import io.netty.handler.codec.http.multipart.HttpPostMultipartRequestDecoder;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder;
import io.netty.handler.codec.http.multipart.InterfaceHttpData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A file on its way here, in a form of several parts. What comes is taken on an event loop and written to the disk on another
 * thread; so a sender that is faster than the disk has to be held back.
 */
public final class Upload {
    private static final long MOST_UNWRITTEN = 4 << 20;
    private static final long IN_MEMORY = 16 << 10;
    private static final int MOST_FIELDS = 16;
    private static final int MOST_BUFFERED = 4 << 20;

    private final FileStore files;
    private final Executor thread;
    private final HttpRequest head;
    private final AtomicLong unwritten = new AtomicLong();
    private HttpPostMultipartRequestDecoder decoder;
    private ApiException problem;
    private boolean ended;

    Upload(HttpRequest head, FileStore files, Executor thread) {
        this.head = head;
        this.files = files;
        this.thread = thread;
        thread.execute(this::begin);
    }

    private void begin() {
        if (!HttpPostRequestDecoder.isMultipart(head)) {
            problem = ApiException.badRequest("the body must be multipart/form-data, with purpose and file", null);
            return;
        }
        DefaultHttpDataFactory factory = new DefaultHttpDataFactory(IN_MEMORY);
        factory.setMaxLimit(InputCheck.MOST_BYTES);
        factory.setBaseDir(files.directory().toString());
        factory.setDeleteOnExit(false);
        decoding(() -> decoder =
                new HttpPostMultipartRequestDecoder(factory, head, StandardCharsets.UTF_8, MOST_FIELDS, MOST_BUFFERED));
    }

    /**
     * Takes the next part of the body, which is released here.
     *
     * @param drained called, on another thread, when more can be taken
     * @return whether more can be taken at once
     */
    public boolean append(ByteBuf part, Runnable drained) {
        int bytes = part.readableBytes();
        long now = unwritten.addAndGet(bytes);
        boolean full = now > MOST_UNWRITTEN;
        thread.execute(() -> {
            write(part);
            unwritten.addAndGet(-bytes);
            if (full) {
                drained.run();
            }
        });
        return !full;
    }

    private void write(ByteBuf part) {
        DefaultHttpContent content = new DefaultHttpContent(part);
        try {
            if (problem == null && !ended) {
                decoding(() -> decoder.offer(content));
            }
        } finally {
            content.release();
        }
    }

    private void decoding(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            // Netty tells of a file that is too long by an exception of a file that can't be written.
            problem = e.getCause() instanceof IOException
                            && String.valueOf(e.getMessage()).contains("maximum")
                    ? tooLarge()
                    : ApiException.badRequest("the body is not multipart/form-data: " + e.getMessage(), null);
        }
    }

    private static ApiException tooLarge() {
        return ApiException.invalid(
                HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
                "the file is longer than " + InputCheck.MOST_BYTES + " bytes",
                "file",
                "file_too_large");
    }

    /** Ends the body and keeps the file; on the thread of this upload. Returns the file object. */
    String finish() throws ApiException {
        try {
            if (problem == null) {
                decoding(() -> decoder.offer(new DefaultLastHttpContent()));
            }
            if (problem != null) {
                throw problem;
            }
            return kept().json();
        } finally {
            end();
        }
    }

    private StoredFile kept() throws ApiException {
        InterfaceHttpData purpose = decoder.getBodyHttpData("purpose");
        InterfaceHttpData file = decoder.getBodyHttpData("file");
        if (!(purpose instanceof Attribute attribute)) {
            throw ApiException.badRequest("purpose is missing", "purpose");
        }
        if (!(file instanceof FileUpload upload)) {
            throw ApiException.badRequest("file is missing", "file");
        }
        try {
            Path path = files.newPath();
            if (!upload.renameTo(path.toFile())) {
                throw new IOException("a file could not be kept");
            }
            return files.keep(path, upload.getFilename(), attribute.getValue());
        } catch (IOException e) {
            throw ApiException.of(
                    HttpResponseStatus.INTERNAL_SERVER_ERROR, e.getMessage(), "server_error", "internal_error");
        }
    }

    /** The sender has gone. */
    public void abandon() {
        thread.execute(this::end);
    }

    private void end() {
        if (!ended && decoder != null) {
            decoder.destroy();
        }
        ended = true;
    }
}
