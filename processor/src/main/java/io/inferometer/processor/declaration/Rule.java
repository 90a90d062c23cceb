package io.inferometer.processor.declaration;

import java.util.Locale;

/**
 * What a declaration must keep to. Each text says the rule, the offending value, the reason and the likely fix; the id
 * before it is the constant's name in lower case and stays the same from release to release.
 */
public enum Rule {
    // The class.
    NOT_A_CLASS("A workload is a class, but %s is %s: each trial makes an instance of it and sets its fields."
            + " Make it a class."),
    ABSTRACT_WORKLOAD("A workload is concrete, but %s is abstract: each trial makes an instance of it."
            + " Remove abstract, or move @Workload to its subclasses, which inherit every other annotation."),
    GENERIC_WORKLOAD("A workload has no type parameters, but %s has <%s>: nothing says what they stand for."
            + " Move @Workload to a subclass that fills them in."),
    INNER_WORKLOAD("A nested workload is static, but %s is not: each trial makes an instance of it, and there is no %s"
            + " to make it in. Add static."),
    LOCAL_WORKLOAD(
            "A workload stands in a package or in another class, but %s is declared within code: nothing outside of"
                    + " it could make an instance. Move it out."),
    PRIVATE_WORKLOAD("A workload is visible in its package, but %s is private: the generated %s stands beside it and"
            + " could not name it. Remove private."),
    DEFAULT_PACKAGE("A workload is in a named package, but %s is in none: a class without a package cannot be told from"
            + " its namesakes in other jars. Add a package declaration."),
    NO_CONSTRUCTOR(
            "A workload has a constructor without parameters, but %s has none: each trial makes an instance of it"
                    + " and has nothing to pass. Add one, and take what varies from @Param fields."),
    PRIVATE_CONSTRUCTOR(
            "A workload's constructor is visible in its package, but that of %s is private: the generated %s"
                    + " calls it. Remove private."),
    THROWING_CONSTRUCTOR("A workload's constructor throws no checked exception, but that of %s throws %s: making an"
            + " instance is not where a trial may fail. Move the work to a @Setup method."),
    DESCRIPTION("A workload's description is one line, but that of %s has a line break: it stands in a row of lists and"
            + " tables. Write it in one line."),
    SAME_NAME("A workload's name is its own, but %s and %s are both called %s on the command line: a run could not say"
            + " which is meant. Rename one class."),
    NAMESAKE(
            "A workload's name is its own, but %s and %s, which was compiled earlier, are both called %s on the command"
                    + " line: a run could not say which is meant. Rename one class, or remove the class files of the earlier one if"
                    + " it is gone."),
    SAME_BINDING(
            "A workload's generated class is its own, but %s and %s would both be called through %s: one file cannot"
                    + " be written twice. Rename one class."),
    TWO_MAINS(
            "At most one workload is the main one, but %s and %s both are: a run without a name could not say which is"
                    + " meant. Remove main = true from one."),

    // The load.
    NO_LOAD("A workload has exactly one load, but neither %s nor a superclass declares one: nothing says when requests"
            + " are sent. Add @ClosedLoop(concurrency = 4), @OpenLoop(rate = 2), @AllAtOnce or @Replay."),
    TWO_LOADS("A workload has exactly one load, but %s declares %s and %s: they send requests at different moments."
            + " Keep one; a subclass may declare another."),
    CONCURRENCY("A concurrency is at least 1, not %s: without a slot no request is sent. Write 1 or more."),
    RATE("A rate is above 0 and finite, not %s: it is a number of requests per second. Write a positive number; for all"
            + " requests at the same instant there is @AllAtOnce."),
    BURSTINESS("A burstiness is above 0 and finite, not %s: it is the shape of a gamma distribution. Write a positive"
            + " number; for evenly spread arrivals there is Arrivals.CONSTANT."),
    BURSTINESS_OF("Only GAMMA arrivals have a burstiness, not %s: it is the shape of their gaps. Remove one of both."),
    USERS("The users of @AllAtOnce are at least 1, not %s: without one no request is sent. Write 1 or more, or leave it"
            + " out for as many as there are requests."),
    SPAWN_RATE("The spawnRate of @AllAtOnce is above 0 and finite, not %s: it is a number of users per second. Write a"
            + " positive number, or leave it out for all at the same instant."),
    SPEED(
            "The speed of @Replay is above 0 and finite, not %s: recorded times are divided by it. Write a positive number; for"
                    + " all requests at the same instant there is @AllAtOnce."),
    MAX_IDLE(
            "The maxIdle of @Replay is not negative, as %s is: gaps are cut to it. Write a time, or leave it out for gaps as"
                    + " they were."),
    STAGES(
            "Stages are rates, '2/s 30s, 2..20/s 60s', or whole numbers of slots, '4 30s, 4..64 60s', all of one kind and each"
                    + " for a time, and '%s' is none of both: nothing says when requests are sent. Write them so."),
    NO_VALUES(
            "%s has at least one value, but {} has none: each value is a trial, so there would be no trial. Write one."),
    DUPLICATE_VALUE(
            "%s has each value once, but %s comes twice: each value is a trial, and these would be the same one."
                    + " Remove it, or ask for several forks."),

    // The iterations.
    NO_MEASUREMENT("A workload says how long it is measured, but neither %s nor a superclass has a @Measurement."
            + " Add @Measurement(%s)."),
    NO_ITERATION("The iterations of @Measurement are at least 1, not %s: without one nothing is measured."
            + " Write 1 or more."),
    NEGATIVE_ITERATIONS("The iterations of @Warmup are 0 or more, not %s. Write 0 for no warm-up."),
    EXTENT_VALUE("%s of %s is at least 1, not %s: an iteration would end before its first request. Write 1 or more, or"
            + " leave it out."),
    TOO_LONG("%s is at most 292 years, not %s %s: time is counted in nanoseconds of 64 bits. Write less, or another"
            + " unit."),
    NO_EXTENT("An iteration has exactly one of requests, requestsPerSlot, sessions and time, but %s gives none: nothing"
            + " says when it ends. Add %s."),
    TWO_EXTENTS(
            "An iteration has exactly one of requests, requestsPerSlot, sessions and time, but %s gives %s and %s: they"
                    + " end it at different moments. Keep one."),
    SLOTS_WITHOUT_CLOSED_LOOP("requestsPerSlot needs a @ClosedLoop, but the load of %s is %s: it has no slots."
            + " Write requests = %s."),
    TIME_ALL_AT_ONCE("A time needs a load that goes on, but the load of %s is @AllAtOnce: all requests are released in"
            + " its first instant. Write requests = 100, or another load."),

    // What is asked of the endpoint and of the run.
    ENDPOINT_URL("An endpoint is sim:PROFILE, or an http or https URL, not \"%s\": %s. Write it like"
            + " https://example.com/v1 or sim:metronome?ttft=50&itl=10."),
    ENDPOINT_USER("An endpoint's URL has no user or password, but that of %s has: URLs stand in every result."
            + " Remove what stands before the @, and name the variable that holds the key in apiKeyEnv."),
    ENDPOINT_PATH("The path of @Endpoint is a path below its URL, not \"%s\": %s. Write it like /v1/completions."),
    PROTOCOL("An endpoint is asked in one protocol, not in %s. Write one of them, and give --protocol at the run for"
            + " another."),
    AUTH(
            "The auth of @Endpoint is one word, not \"%s\": it names what carries the key. Write bearer, api-key-scheme, or the"
                    + " name of a header, like x-api-key."),
    API_KEY_NAME("The apiKeyEnv of @Endpoint names an environment variable, and what is written is no such name: a key"
            + " itself is never declared. Write the name of the variable that holds it, like OPENAI_API_KEY; if a key"
            + " was written, replace it with a new one."),
    KEY_AS_VALUE(
            "A variable that holds the API key holds nothing else, but %s is read by %s too: such values are printed"
                    + " in every result. Name another variable."),
    MODEL("The name of a model is not empty: requests ask for it. Write the model's name as the endpoint knows it, or"
            + " remove @Model and give --model."),
    VARIABLE_NAME("%s names an environment variable, but \"%s\" is no such name: it has letters, digits and _, and does"
            + " not start with a digit. Write it like NUM_PROMPTS."),
    DUPLICATE_VARIABLE(
            "A variable sets one option, but %s is declared twice: it would set %s and %s. Remove one @Env, or"
                    + " name another variable."),
    EMPTY_SLO(
            "@Slo sets at least one limit, but it sets none: every request would meet it. Add ttftMillis, tpotMillis or"
                    + " e2elMillis, or remove @Slo."),
    SLO_LIMIT("%s of @Slo is a finite number of milliseconds, 0 or more, not %s: no request could be judged by it."
            + " Write a positive number, or leave it out for no limit."),
    TIMEOUT("A timeout is above 0, not %s: every request would fail. Write 1 or more."),
    FORKS("A number of forks is 0 or more, not %s: each is a JVM. Write 0 for none."),
    RESULT_FILE("The file of @Results is a path, not \"%s\": there is nothing to write to. Write it like"
            + " results-{timestamp}.json."),
    DUPLICATE_RESULT("A result file is written once, but %s is declared twice: one result would replace the other."
            + " Name another file."),
    RESULT_PLACEHOLDER("The file of @Results knows the placeholder {timestamp}, not %s: it would become part of the"
            + " file's name. Write {timestamp}, or remove the braces."),

    // Parameters.
    PARAM_TYPE(
            "A parameter is a String, boolean, int, long, double or enum, but %s is %s: its values are given as text."
                    + " Declare it as %s."),
    PARAM_ENUM(
            "A parameter's enum is visible in the workload's package, but %s is not: the generated %s in %s names it."
                    + " Remove private, or make it and the types around it public."),
    PARAM_VALUE("A value of %s is %s, not %s: the field is %s. Write such a value, or change the field's type."),
    PARAM_HIDDEN(
            "A parameter's name is its own, but %s hides the parameter %s: setting one would leave the other unset."
                    + " Rename one of the fields."),

    // Methods.
    NO_REQUEST(
            "A workload has exactly one @Request method, or one @Turn method, but neither %s nor a superclass has one:"
                    + " nothing makes its requests. Add @Request InferenceRequest next() { ... }."),
    REQUEST_AND_TURN(
            "A workload has exactly one @Request method, or one @Turn method, but %s is the one and %s the other: requests"
                    + " stand alone, or are turns of sessions. Keep one of them."),
    TWO_TURNS(
            "A workload has exactly one @Turn method, but %s and %s both are: nothing says which of them goes on with a"
                    + " session. Keep @Turn on one, and choose between sessions inside it."),
    TURN_RESULT("A @Turn method returns a NextTurn, but %s returns %s: it says what comes next in a session. Return"
            + " NextTurn.ask(turn.say(...)) or NextTurn.end()."),
    SESSIONS_WITHOUT_TURN("sessions needs a @Turn method, but %s has a @Request method: its requests stand alone. Write"
            + " requests = %s."),
    TWO_REQUESTS("A workload has exactly one @Request method, but %s and %s both are: nothing says whose turn it is."
            + " Keep @Request on one, and choose between prompts inside it."),
    REQUEST_RESULT(
            "A @Request method returns an InferenceRequest, but %s returns %s: the harness sends what it returns."
                    + " Return InferenceRequest.chat(...)."),
    STEP_RESULT(
            "A %s method returns nothing, but %s returns %s: nobody would look at it. Declare it void, and keep what"
                    + " it makes in a field."),
    TWO_CHECKS("A workload has at most one @Check method, but %s and %s both are: an answer is judged once."
            + " Keep @Check on one, and call the other from it."),
    CHECK_RESULT(
            "A @Check method returns a boolean, a String or nothing, but %s returns %s: it says whether an answer is"
                    + " right. Return false or what is wrong with the answer, or throw an exception."),
    CHECK_PARAMETERS("A @Check method takes an Answer and, if it needs one, a RequestContext after it, but %s takes"
            + " something else: the harness has nothing else to pass. Take (Answer answer, RequestContext context), and"
            + " what varies from @Param fields."),
    METHOD_PARAMETERS("A %s method takes nothing or %s, but %s takes something else: the harness has nothing else to"
            + " pass. Take %2$s, and what varies from @Param fields."),
    TRIAL_PARAMETER(
            "A %s method of a trial takes nothing or a TrialContext, but %s takes an IterationContext: it is called"
                    + " once for all iterations. Write %1$s(Level.ITERATION), or take a TrialContext."),
    METHOD_THROWS("A %s method throws Exception at most, but %s throws %s: what is no Exception is not a failure of the"
            + " workload. Declare an exception."),

    // Fields and methods alike.
    MODIFIER("A %s is not %s, but %s is: %s. Remove %2$s."),
    UNREACHABLE(
            "A workload's members are visible in its package, but %s is %s in %s, and the generated %s in %s uses it."
                    + " Make it public."),

    // Beyond one workload.
    STRAY("%s is read on a workload class and its superclasses, but %s is %s: it would do nothing here. %s"),
    NO_RUNTIME(
            "A workload is compiled against inferometer-runtime, but %s is not on the class path: the generated class"
                    + " could not be compiled. Add the dependency io.inferometer:inferometer-runtime."),
    NOT_PROVIDED(
            "A module provides its workloads, but %s does not provide %s: they are found on the class path alone. Write in"
                    + " module-info.java: provides %s with %s;"),
    CANNOT_WRITE(
            "%s could not be written: %s. Make the compiler's output folder writable, with no class of that name in"
                    + " it by another hand, and compile again."),
    INCOMPLETE_PATH(
            "The processor's path holds all that the processor needs, but %s is not on it: workloads can't be checked. Put"
                    + " the jars of inferometer-annotations and of com.palantir.javapoet:javapoet beside that of"
                    + " inferometer-processor."),
    INTERNAL("The annotation processor failed on %s: %s. This is a defect of Inferometer, not of your code."
            + " Please report it with this message and the class.\n%s");

    private final String text;

    Rule(String text) {
        this.text = text;
    }

    /** The stable id: {@code two-loads}. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The message, with the id in brackets before it. */
    String message(Object... details) {
        return "[inferometer:" + id() + "] " + text.formatted(details);
    }
}
