package com.example;

import com.example.base.Base;
import io.inferometer.annotations.Param;
import io.inferometer.annotations.Setup;
import io.inferometer.annotations.TearDown;
import io.inferometer.annotations.Workload;

final class Agents {
    private Agents() {}

    @Deprecated(since = "1")
    enum Depth {
        ONE
    }

    @Workload("inherits from another package, and is deprecated")
    @Deprecated(since = "2", forRemoval = true)
    static class Deep extends Base<String> {
        @Param("ONE")
        Depth depth;

        @Override
        protected String prompt() {
            return "hi";
        }

        @Setup
        void warm() {}

        @Override
        public void close() {}

        @TearDown
        void cool() {}
    }
}
