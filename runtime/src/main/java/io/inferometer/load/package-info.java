/**
 * When requests are sent, and by whom.
 *
 * <p>A {@link io.inferometer.load.RequestSource} makes requests ready ahead of time on its own thread; a
 * {@link io.inferometer.load.Dispatcher} sends them, as slots become free or as arrivals fall due. In a closed loop a
 * slot's next request is sent by the thread that saw its last one end, so that nothing stands between the two.
 */
package io.inferometer.load;
