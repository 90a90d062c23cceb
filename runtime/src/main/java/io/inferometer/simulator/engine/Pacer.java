package io.inferometer.simulator.engine;

import io.netty.channel.SingleThreadEventLoop;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Plays a schedule in real time on one event loop: each answer is delivered when it is due, not before, and as little after
 * as the machine allows.
 *
 * <p>A selector's timeout counts whole milliseconds, which is too coarse. So a thread of its own, the alarm, sleeps
 * until just before the next event is due and then wakes the loop; the loop goes round without blocking for the rest of
 * the time, reading what comes in meanwhile. Between events both sleep.
 *
 * <p>All methods but {@link #close} and {@link #running} are for the event loop's thread.
 */
public final class Pacer implements AutoCloseable {
    /**
     * How long before an event is due the alarm goes off: about what a sleeping thread wakes up late, and about the
     * processor time that a detour by the alarm costs, so that a shorter gap is cheaper to wait out.
     */
    private static final long LEAD_NANOS = TimeUnit.MICROSECONDS.toNanos(100);
    /** Deliveries between two looks at the sockets. */
    private static final int BATCH = 64;

    private final SingleThreadEventLoop loop;
    private final TokenSchedule schedule;
    private final LongSupplier clock;
    private final long origin;
    private final Thread alarm;
    private final Runnable tick = this::tick;
    private final Runnable nextRound;
    private boolean ticking;
    private volatile long alarmNanos = TokenSchedule.NEVER;
    private volatile boolean closed;

    private Pacer(SingleThreadEventLoop loop, TokenSchedule schedule, LongSupplier clock, String name) {
        this.loop = loop;
        this.schedule = schedule;
        this.clock = clock;
        this.origin = clock.getAsLong();
        this.nextRound = () -> loop.execute(tick);
        this.alarm = new Thread(this::sleep, name);
        this.alarm.setDaemon(true);
    }

    /** A pacer with its alarm running. */
    public static Pacer start(SingleThreadEventLoop loop, TokenSchedule schedule, LongSupplier clock, String name) {
        Pacer pacer = new Pacer(loop, schedule, clock, name);
        pacer.alarm.start();
        return pacer;
    }

    /** Has an answer scheduled whose request had been read at {@code receivedNanos} of the clock. */
    public void submit(Generation generation, long receivedNanos) {
        schedule.submit(generation, receivedNanos - origin);
        prepareNext();
    }

    /** Nothing more of this answer will be delivered. */
    public void cancel(Generation generation) {
        schedule.cancel(generation);
    }

    /** The schedule that is played. */
    public TokenSchedule schedule() {
        return schedule;
    }

    /** How many answers are not complete yet. For any other thread. */
    public int running() {
        return loop.submit(schedule::running).syncUninterruptibly().getNow();
    }

    private void tick() {
        ticking = false;
        deliverDue();
    }

    private void deliverDue() {
        try {
            for (int i = 0; i < BATCH; i++) {
                Generation generation = schedule.poll(now());
                if (generation == null) {
                    break;
                }
                generation.deliver();
            }
        } finally {
            prepareNext();
        }
    }

    private void prepareNext() {
        long next = schedule.nextNanos();
        if (ticking || next == TokenSchedule.NEVER) {
            return;
        }
        if (next - now() <= LEAD_NANOS) {
            ticking = true;
            // A task that executed itself directly would keep the loop from its sockets.
            loop.executeAfterEventLoopIteration(nextRound);
        } else if (next - LEAD_NANOS < alarmNanos) {
            alarmNanos = next - LEAD_NANOS;
            LockSupport.unpark(alarm);
        }
    }

    private void onAlarm() {
        if (!ticking) {
            deliverDue();
        }
    }

    private void sleep() {
        Runnable onAlarm = this::onAlarm;
        while (!closed) {
            long at = alarmNanos;
            long left = at - now();
            if (at == TokenSchedule.NEVER) {
                LockSupport.park(this);
            } else if (left > 0) {
                LockSupport.parkNanos(this, left);
            } else {
                // The order matters: what the loop asks for from here on is not forgotten.
                alarmNanos = TokenSchedule.NEVER;
                if (!loop.isShuttingDown()) {
                    loop.execute(onAlarm);
                }
            }
        }
    }

    private long now() {
        return clock.getAsLong() - origin;
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(alarm);
    }
}
