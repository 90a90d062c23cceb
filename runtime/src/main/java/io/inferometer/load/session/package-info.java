/**
 * Sessions: who says what next, and when it is sent.
 *
 * <p>The {@linkplain io.inferometer.load.session.SessionSource first turns} of sessions are made ahead of time, as requests
 * are; each further one when the answer before has ended. The thread that saw it end hands it to threads of their own,
 * which ask the workload and write the request; where there is time left to think, one more thread waits for it, parked to
 * the moment. So nothing that a workload does is on a thread that reads responses.
 */
package io.inferometer.load.session;
