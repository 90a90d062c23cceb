package io.inferometer.load.session;

import io.inferometer.endpoint.Target;
import io.inferometer.endpoint.WireRequest;
import io.inferometer.record.Pause;
import io.inferometer.record.Place;
import io.inferometer.record.RequestTimeline;
import io.inferometer.workload.InferenceRequest;

/**
 * A turn that is made, until its answer has ended.
 *
 * @param asked what it asks
 * @param wire the same, serialised
 * @param due when it is to be sent
 * @param pause what is to pass until then
 */
record Flight(
        SessionDispatcher dispatcher,
        LiveSession session,
        InferenceRequest asked,
        WireRequest wire,
        long due,
        Pause pause)
        implements Target.Listener {
    Place place() {
        return session.place().after(pause);
    }

    @Override
    public void ended(RequestTimeline timeline) {
        dispatcher.ended(this, timeline);
    }

    @Override
    public void broke(Throwable failure) {
        dispatcher.broke(failure);
    }
}
