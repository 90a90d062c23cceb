package io.inferometer.harness.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.inferometer.workload.InferenceRequest;
import io.inferometer.workload.IterationContext;
import io.inferometer.workload.Load;
import io.inferometer.workload.RequestContext;
import io.inferometer.workload.TrialContext;
import io.inferometer.workload.binding.Calls;
import io.inferometer.workload.binding.Iterations;
import io.inferometer.workload.binding.ParamValues;
import io.inferometer.workload.binding.WorkloadBinding;
import io.inferometer.workload.binding.WorkloadDescriptor;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThrownTest {
    private static final Binding BINDING = new Binding();

    @Test
    void tellsWhatWasThrownInWhichMethodAndWhy() {
        assertThat(line(() -> BINDING.request(new Mine(0), null)))
                .isEqualTo("AssertionError in ThrownTest.Mine.next: no prompt, or none left");
    }

    @Test
    void namesTheMethodOfTheWorkloadForWhatALibraryThrewInIt() {
        assertThat(line(() -> BINDING.setup(new Mine(0), (TrialContext) null)))
                .isEqualTo("UnsupportedOperationException in ThrownTest.Mine.prepare");
    }

    @Test
    void namesTheMethodBehindTheCallsOfATearDown() {
        assertThat(line(() -> BINDING.tearDown(new Mine(0), (TrialContext) null)))
                .isEqualTo("Broken in ThrownTest.Mine.end: twice".replace("Broken", "ThrownTest.Broken"));
    }

    @Test
    void namesConstructorsAndStaticInitialisers() {
        assertThat(line(() -> BINDING.create(ParamValues.NONE)))
                .isEqualTo("IllegalStateException in the constructor of ThrownTest.Mine: not 1");
        assertThat(line(Binding::initialised))
                .isEqualTo("IllegalStateException in the static initialiser of ThrownTest.Unready: not ready");
        assertThat(line(Binding::initialised))
                .startsWith("NoClassDefFoundError")
                .contains("ThrownTest$Unready");
    }

    @Test
    void namesTheInnermostMethodOfAStackThatIsTooDeepToBeTold() {
        assertThat(line(() -> BINDING.deep(new Mine(0)))).isEqualTo("StackOverflowError in ThrownTest.Mine.deeper");
    }

    @Test
    void tellsNoPlaceOfWhatWasThrownElsewhere() {
        assertThat(Thrown.line(BINDING, new IllegalArgumentException("the body is no JSON")))
                .isEqualTo("the body is no JSON");
        assertThat(Thrown.line(BINDING, new IllegalArgumentException())).isEqualTo("IllegalArgumentException");
        assertThat(Thrown.line(BINDING, new LinkageError("x"))).isEqualTo("LinkageError: x");
    }

    private static String line(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return Thrown.line(BINDING, catchThrowable(call));
    }

    private static final class Broken extends Exception {
        private static final long serialVersionUID = 1L;

        Broken(String message) {
            super(message);
        }
    }

    private static final class Unready {
        private static final Object NEVER = never();

        private static Object never() {
            return Mine.refuse("not ready");
        }
    }

    private static final class Mine {
        Mine(int number) {
            if (number == 1) {
                throw new IllegalStateException("not 1");
            }
        }

        static Object refuse(String why) {
            throw new IllegalStateException(why);
        }

        InferenceRequest next() {
            throw new AssertionError("no prompt,\n  or none left");
        }

        void prepare() {
            List.of().add(null);
        }

        void end() throws Broken {
            throw new Broken("twice");
        }

        int deeper(int depth) {
            return deeper(depth + 1) + 1;
        }
    }

    /** Calls a workload as a generated one does. */
    private static final class Binding implements WorkloadBinding<Mine> {
        @Override
        public WorkloadDescriptor descriptor() {
            return WorkloadDescriptor.of("Mine", "Mine")
                    .load(new Load.Closed(1))
                    .measurement(Iterations.ofRequests(1, 1))
                    .build();
        }

        @Override
        public Mine create(ParamValues values) {
            return new Mine(1);
        }

        @Override
        public void setup(Mine workload, TrialContext trial) {
            workload.prepare();
        }

        @Override
        public void setup(Mine workload, IterationContext iteration) {}

        @Override
        public void tearDown(Mine workload, TrialContext trial) throws Exception {
            Calls.all(() -> workload.end());
        }

        @Override
        public void tearDown(Mine workload, IterationContext iteration) {}

        @Override
        public InferenceRequest request(Mine workload, RequestContext context) {
            return workload.next();
        }

        static void initialised() {
            assertThat(Unready.NEVER).isNull();
        }

        void deep(Mine workload) {
            workload.deeper(0);
        }
    }
}
