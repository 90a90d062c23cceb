package io.inferometer.judge.search;

import io.inferometer.judge.Contrast;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Where a rate stops growing with the load: the knee is the least load that gives no less than the greatest rate found, but for
 * the tolerance. A load is {@link ProbeVerdict#BELOW} it where it proves to give less than that, and has {@link
 * ProbeVerdict#REACHED} it where it proves to give as much, each by Welch's test of its windows against those of the greatest.
 *
 * <p>The greatest of all tried loads is no proof that there is none above: where it is that of the highest load, and no lower one
 * reaches it, it is {@link ProbeVerdict#GREATEST} so far. {@code KneeTest} holds by simulation how often the bracket holds the truth.
 *
 * @param tolerance by how much less is as much, as a share of the greatest
 */
public record Knee(double tolerance) {
    /** A load that gives so many times what the others do is on its way up, however exactly it is known. */
    private static final double GROWS = 1.5;

    /** Of each verdict by itself, one-sided: it is looked at several times, for several loads, and windows resemble their neighbours. */
    private static final double CONFIDENCE = 0.995;

    /**
     * {@return what each load proves, in their order}
     *
     * @param tried with two windows each, or more
     */
    public List<ProbeVerdict> verdicts(List<Rated> tried) {
        if (tried.isEmpty()) {
            return List.of();
        }
        Rated greatest = greatest(tried);
        double highest = tried.stream().mapToDouble(Rated::load).max().orElseThrow();
        List<ProbeVerdict> others = tried.stream()
                .map(one -> one == greatest ? ProbeVerdict.GREATEST : beside(one, greatest))
                .toList();
        boolean above = greatest.load() < highest || others.contains(ProbeVerdict.REACHED);
        return others.stream()
                .map(one -> one == ProbeVerdict.GREATEST && above ? ProbeVerdict.REACHED : one)
                .toList();
    }

    /**
     * {@return what a load proves beside the greatest of these}
     *
     * @param fresh a load that is measured once more
     * @param tried all that were measured before
     */
    public ProbeVerdict again(Rated fresh, List<Rated> tried) {
        Rated greatest = greatest(tried);
        return fresh.mean() >= greatest.mean() ? ProbeVerdict.REACHED : beside(fresh, greatest);
    }

    /**
     * {@return whether a probe is long enough: it gives much more than all others, or is known to half the tolerance and is
     * told from the greatest of them}
     *
     * @param probe as far as it has come
     * @param others all that were measured before
     */
    public boolean told(Rated probe, List<Rated> others) {
        if (others.isEmpty()) {
            return true;
        }
        Rated other = greatest(others);
        Contrast growth = Contrast.welch(scaled(other, GROWS), probe.windows());
        if (growth.difference() > growth.halfWidth()) {
            return true;
        }
        boolean less = probe.mean() < other.mean();
        return probe.halfWidth() <= tolerance / 2 * probe.mean()
                && beside(less ? probe : other, less ? other : probe) != ProbeVerdict.UNDECIDED;
    }

    private ProbeVerdict beside(Rated lesser, Rated greatest) {
        Contrast contrast = Contrast.welch(scaled(greatest, 1 - tolerance), lesser.windows());
        double half = contrast.error() * TDistribution.of(contrast.freedom()).inverseCumulativeProbability(CONFIDENCE);
        if (contrast.difference() >= half) {
            return ProbeVerdict.REACHED;
        }
        return contrast.difference() < -half ? ProbeVerdict.BELOW : ProbeVerdict.UNDECIDED;
    }

    private static Rated greatest(List<Rated> tried) {
        return tried.stream().max(Comparator.comparingDouble(Rated::mean)).orElseThrow();
    }

    private static double[] scaled(Rated rated, double by) {
        return Arrays.stream(rated.windows()).map(value -> value * by).toArray();
    }
}
