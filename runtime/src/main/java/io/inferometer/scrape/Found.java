package io.inferometer.scrape;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Whether there is a page of metrics.
 *
 * @param page where; empty for none
 * @param why there is none, in a line; empty where there is
 */
record Found(Optional<PageAddress> page, Optional<String> why) {
    static final String ACCEPT = "text/plain;version=0.0.4";

    /** What was read of a page, or why nothing was, in a line. */
    record Read(Optional<MetricsPage> page, String why) {}

    /** What came, as a page. */
    static Read read(Gets.Got got) {
        if (!got.failure().isEmpty()) {
            return new Read(Optional.empty(), got.failure());
        }
        try {
            return new Read(Optional.of(MetricsPage.of(got.text())), "");
        } catch (IllegalArgumentException e) {
            return new Read(Optional.empty(), "what came is no page of metrics: " + e.getMessage());
        }
    }

    /** Why a page can't be read, in a line; empty where it can, whatever metrics it has. */
    static Optional<String> problem(PageAddress page, Gets gets) throws InterruptedException {
        String why = read(get(page, gets, new CompletableFuture<>())).why();
        return why.isEmpty() ? Optional.empty() : Optional.of(why);
    }

    /** The page of an endpoint: the first of those where it may be that has metrics of an engine, or is a page at all. */
    static Found beside(Endpoint endpoint, Gets gets, CompletableFuture<Void> stopped) throws InterruptedException {
        Optional<PageAddress> any = Optional.empty();
        List<PageAddress> pages = PageAddress.beside(endpoint);
        String why = "";
        for (PageAddress page : pages) {
            Read read = read(get(page, gets, stopped));
            if (read.page().filter(told -> !told.engines().isEmpty()).isPresent()) {
                return new Found(Optional.of(page), Optional.empty());
            }
            any = any.or(() -> read.page().map(told -> page));
            why = why.isEmpty() ? pages.get(0).shown() + ": " + read.why() : why;
        }
        return any.isPresent() ? new Found(any, Optional.empty()) : new Found(any, Optional.of(why));
    }

    private static Gets.Got get(PageAddress page, Gets gets, CompletableFuture<Void> stopped)
            throws InterruptedException {
        CompletableFuture<Gets.Got> got = gets.get(page, ACCEPT);
        await(got, stopped);
        return got.getNow(new Gets.Got("", "the run was ended"));
    }

    /** Waits for what never completes with an exception, or until nobody waits for anything any more. */
    static void await(CompletableFuture<?> done, CompletableFuture<Void> stopped) throws InterruptedException {
        try {
            CompletableFuture.anyOf(done, stopped).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
