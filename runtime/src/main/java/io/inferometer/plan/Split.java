package io.inferometer.plan;

import io.inferometer.workload.Load;

/**
 * Which part of a trial's load one of its members sends: of arrivals, slots, sessions and all else that has an order it takes
 * each whose number is its own modulo their number. So all of them together send what one alone would, whatever the load.
 *
 * @param member its number, from 0
 * @param members how many share the load, at least 1
 * @param name what it is called in messages, journals and results
 */
public record Split(int member, int members, String name) {
    /** All of it. */
    public static final Split ALONE = new Split(0, 1);

    /**
     * The part of one that has no other name than its number.
     *
     * @param member as of the record
     * @param members as of the record
     */
    public Split(int member, int members) {
        this(member, members, "member " + (member + 1));
    }

    /**
     * Checks what it is given.
     *
     * @param member as of the record
     * @param members as of the record
     * @param name as of the record
     */
    public Split {
        if (member < 0 || member >= members) {
            throw new IllegalArgumentException("there is no member " + member + " of " + members);
        }
    }

    /** {@return whether nobody else sends any of it} */
    public boolean alone() {
        return members == 1;
    }

    /**
     * {@return how many of so many are its own}
     *
     * @param all 0 or more
     */
    public long count(long all) {
        return all / members + (all % members > member ? 1 : 0);
    }

    /**
     * {@return how many of so many are its own; where the largest number stands for any, that does}
     *
     * @param all 0 or more; the largest number stands for any
     */
    public int count(int all) {
        return all == Integer.MAX_VALUE ? all : (int) count((long) all);
    }

    /**
     * {@return the number, among all, of its own of a number}
     *
     * @param own counted from 0
     */
    public long at(long own) {
        return own * members + member;
    }

    /**
     * {@return the number, among all, of its own of a number}
     *
     * @param own counted from 0
     */
    public int at(int own) {
        return own * members + member;
    }

    /**
     * {@return the number among its own of what has a number among all}
     *
     * @param number among all, counted from 0
     */
    public int own(int number) {
        return number / members;
    }

    /**
     * {@return how much of a load that stays is its own, for those that need to know how much that is and not when}
     *
     * @param load of all together
     */
    public Load of(Load load) {
        if (alone()) {
            return load;
        }
        if (load instanceof Load.Closed closed) {
            return new Load.Closed(Math.max(1, count(closed.concurrency())), closed.stagger());
        }
        if (load instanceof Load.AtOnce atOnce) {
            return new Load.AtOnce(Math.max(1, count(atOnce.slots())), atOnce.slotsPerSecond() / members);
        }
        if (load instanceof Load.Open open) {
            return new Load.Open(
                    open.rate() / members,
                    open.arrivals(),
                    open.burstiness(),
                    Math.max(1, count(open.mostInFlight())),
                    open.ramp());
        }
        return load;
    }
}
