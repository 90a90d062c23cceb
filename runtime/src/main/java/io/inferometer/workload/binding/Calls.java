package io.inferometer.workload.binding;

/** Calls that are all made, whatever any of them throws. Generated tear-down methods are written with it. */
public final class Calls {
    private Calls() {}

    /** A call that may fail. */
    @FunctionalInterface
    public interface Call {
        /**
         * Makes the call.
         *
         * @throws Exception whatever the call fails with
         */
        void run() throws Exception;
    }

    /**
     * Makes all the calls in their order.
     *
     * @param calls made in this order
     * @throws Exception the first failure, with the later ones suppressed in it; an {@link Error} is thrown as it is
     */
    public static void all(Call... calls) throws Exception {
        Throwable first = null;
        for (Call call : calls) {
            try {
                call.run();
            } catch (Exception | Error failure) {
                if (first == null) {
                    first = failure;
                } else if (first != failure) {
                    first.addSuppressed(failure);
                }
            }
        }
        if (first instanceof Error error) {
            throw error;
        } else if (first != null) {
            throw (Exception) first;
        }
    }
}
