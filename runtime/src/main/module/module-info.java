/**
 * What a workload is run with. Open, for the command line is read from annotations of its classes.
 *
 * <p>It is compiled on its own, into the jar alone: the tests run on the class path.
 */
open module io.inferometer.runtime {
    requires com.fasterxml.jackson.databind;
    requires de.siegmar.fastcsv;
    requires HdrHistogram;
    requires info.picocli;
    requires transitive io.inferometer.annotations;
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.codec.http;
    requires io.netty.common;
    requires io.netty.transport;
    requires java.net.http;
    requires jdk.management;
    requires jdk.unsupported;
    requires jtokkit;
    requires org.apache.commons.rng.api;
    requires org.apache.commons.statistics.distribution;
    requires org.apache.commons.statistics.inference;

    exports io.inferometer;
    exports io.inferometer.cli;
    exports io.inferometer.corpus;
    exports io.inferometer.corpus.dataset;
    exports io.inferometer.corpus.length;
    exports io.inferometer.corpus.tokenizer;
    exports io.inferometer.corpus.trace;
    exports io.inferometer.harness;
    exports io.inferometer.harness.batch;
    exports io.inferometer.harness.member;
    exports io.inferometer.harness.search;
    exports io.inferometer.harness.process;
    exports io.inferometer.instrument;
    exports io.inferometer.judge;
    exports io.inferometer.judge.precision;
    exports io.inferometer.judge.search;
    exports io.inferometer.plan;
    exports io.inferometer.plan.ab;
    exports io.inferometer.record;
    exports io.inferometer.record.batch;
    exports io.inferometer.record.server;
    exports io.inferometer.report;
    exports io.inferometer.report.finding;
    exports io.inferometer.report.gate;
    exports io.inferometer.report.header;
    exports io.inferometer.report.member;
    exports io.inferometer.report.search;
    exports io.inferometer.stats;
    exports io.inferometer.stats.arrival;
    exports io.inferometer.stats.batch;
    exports io.inferometer.stats.interval;
    exports io.inferometer.stats.server;
    exports io.inferometer.stats.stage;
    exports io.inferometer.stats.token;
    exports io.inferometer.stats.trace;
    exports io.inferometer.workload;
    exports io.inferometer.workload.binding;

    uses io.inferometer.cli.Subcommand;
    uses io.inferometer.corpus.tokenizer.TokenizerProvider;
    uses io.inferometer.harness.member.MemberProvider;
    uses io.inferometer.workload.binding.WorkloadBinding;
}
