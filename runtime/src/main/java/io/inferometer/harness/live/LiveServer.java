package io.inferometer.harness.live;

import com.sun.net.httpserver.HttpServer;
import io.inferometer.harness.process.Interruptible;
import io.inferometer.plan.Plan;
import io.inferometer.plan.UsageException;
import io.inferometer.report.html.LiveRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Serves the page of a run on the loopback address. Its threads are daemons and its own: one for each page that is open,
 * which waits for the next second, and none of them is waited for by anybody who measures.
 */
public final class LiveServer implements AutoCloseable {
    /** How long a page that is open has, at the end of the run, to take the report along. */
    private static final Duration LINGER = Duration.ofSeconds(3);

    /**
     * How long a request may take to come, in seconds: a thread reads each, and without an end to that a few that are never
     * sent to their end would take all threads. The JDK's server reads it once, when its first one is made in this JVM.
     */
    private static final String LONGEST_REQUEST = "sun.net.httpserver.maxReqTime";

    /** So many that requests that were never sent to their end leave some, also where another server was first in this JVM. */
    private static final int MOST_THREADS = 256;

    private static final int BACKLOG = 16;

    private final LiveRun run;
    private final LivePages pages;
    private final HttpServer server;
    private final ExecutorService threads;
    private final String address;

    private LiveServer(LiveRun run, LivePages pages, HttpServer server, ExecutorService threads, String address) {
        this.run = run;
        this.pages = pages;
        this.server = server;
        this.threads = threads;
        this.address = address;
    }

    /**
     * Begins to serve.
     *
     * @param asked where
     * @param run what is shown
     * @param stopped is interrupted where the page's button says so
     * @param grace how long what is in flight has then
     * @throws UsageException if it can't listen there
     */
    public static LiveServer open(Plan.Live asked, LiveRun run, Interruptible stopped, Duration grace) {
        if (ModuleLayer.boot().findModule("jdk.httpserver").isEmpty()) {
            throw new UsageException(
                    "--live: this JVM lacks jdk.httpserver: start java with --add-modules jdk.httpserver");
        }
        if (System.getProperty(LONGEST_REQUEST) == null) {
            System.setProperty(LONGEST_REQUEST, "5");
        }
        InetSocketAddress where = new InetSocketAddress(InetAddress.getLoopbackAddress(), asked.port());
        HttpServer server;
        try {
            server = HttpServer.create(where, BACKLOG);
        } catch (IOException e) {
            throw new UsageException("--live=" + asked.port() + ": can't listen at that port: " + e.getMessage()
                    + "; give another one, or --live alone for a free one");
        }
        ExecutorService threads = new ThreadPoolExecutor(
                0, MOST_THREADS, LINGER.toSeconds(), TimeUnit.SECONDS, new SynchronousQueue<>(), task -> daemon(task));
        String path = asked.open() ? "/" : "/" + Token.random() + "/";
        LivePages pages = new LivePages(run);
        server.createContext("/", new LiveHandler(path, run, pages, new StopButton(run, stopped, grace)));
        server.setExecutor(threads);
        // The thread that accepts is made where it is started, and is a daemon where that is one.
        Thread starter = daemon(server::start);
        starter.start();
        join(starter);
        String address = "http://127.0.0.1:" + server.getAddress().getPort() + path;
        return new LiveServer(run, pages, server, threads, address);
    }

    private static void join(Thread starter) {
        try {
            starter.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "inferometer-live");
        thread.setDaemon(true);
        return thread;
    }

    /** Where it is to be found. */
    public String address() {
        return address;
    }

    /** Ends when each page that is open has the report, or has had its time. */
    @Override
    public void close() {
        run.broke("nothing more is known of it");
        try {
            pages.awaitLeft(LINGER);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.stop(0);
        threads.shutdownNow();
    }
}
