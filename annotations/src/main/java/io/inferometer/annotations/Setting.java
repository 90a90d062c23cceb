package io.inferometer.annotations;

/**
 * The options that an {@link Env} can set, one constant per command-line option that makes sense from the environment: a
 * variable is an option by another name.
 */
public enum Setting {
    /** {@code --base-url}: the base URL of the endpoint. */
    BASE_URL,
    /** {@code --url}: the whole URL that requests are posted to, taken as it is. */
    URL,
    /** {@code --path}: the path of the API below the base URL. */
    PATH,
    /** {@code --protocol}: the protocol that the endpoint is asked in. */
    PROTOCOL,
    /** {@code --api-key-env}: the name of the variable that holds the API key. */
    API_KEY_ENV,
    /** {@code --auth}: what carries the key, {@code bearer}, {@code api-key-scheme} or the name of a header. */
    AUTH,
    /** {@code --header}: a header of every request, {@code name: value}; a variable may hold several, a line each. */
    HEADER,
    /** {@code --model}: the model that is asked for. */
    MODEL,
    /** {@code --tokenizer}: the tokenizer that counts where the endpoint does not. */
    TOKENIZER,
    /** {@code --concurrency}: the slots of a closed loop, comma-separated to sweep. */
    CONCURRENCY,
    /** {@code --stagger}: over what time the slots of a closed loop begin. */
    STAGGER,
    /** {@code --rate}: the requests per second of an open loop, comma-separated to sweep. */
    RATE,
    /** {@code --arrivals}: how the starts of an open loop are spread. */
    ARRIVALS,
    /** {@code --burstiness}: the shape of the gaps of gamma arrivals. */
    BURSTINESS,
    /** {@code --ramp-up-strategy}: how the rate of an open loop rises, {@code linear} or {@code exponential}. */
    RAMP_UP_STRATEGY,
    /** {@code --ramp-up-start-rps}: the rate at which such a rise begins. */
    RAMP_UP_START_RPS,
    /** {@code --ramp-up-end-rps}: the rate at which it ends. */
    RAMP_UP_END_RPS,
    /** {@code --max-in-flight}: the most requests of an open loop in flight. */
    MAX_IN_FLIGHT,
    /** {@code --stages}: rates or slots, each for a time, that are the one measured iteration. */
    STAGES,
    /** {@code --all-at-once}: whether all requests of an iteration are released at the same instant. */
    ALL_AT_ONCE,
    /** {@code --users}: the most requests in flight where all are sent at once. */
    USERS,
    /** {@code --spawn-rate}: how many requests a second begin where all are sent at once. */
    SPAWN_RATE,
    /** {@code --speed}: how many times as fast as it was recorded a replay goes, comma-separated to sweep. */
    SPEED,
    /** {@code --max-idle}: the longest that two requests of a replay are apart. */
    MAX_IDLE,
    /** {@code --time-unit}: the unit of the times in a file that is replayed. */
    TIME_UNIT,
    /** {@code --skip-bad-lines}: whether lines of a file that can't be read are passed over. */
    SKIP_BAD_LINES,
    /** {@code --answers}: whose answers recorded conversations go on from. */
    ANSWERS,
    /** {@code --steady-start}: whether recorded sessions are entered in the middle at first. */
    STEADY_START,
    /** {@code --requests}: the measured requests of an iteration. */
    REQUESTS,
    /** {@code --requests-per-slot}: the measured requests of an iteration, per slot. */
    REQUESTS_PER_SLOT,
    /** {@code --sessions}: the measured sessions of an iteration. */
    SESSIONS,
    /** {@code --time}: the time of a measured iteration. */
    TIME,
    /** {@code --iterations}: the number of measured iterations. */
    ITERATIONS,
    /** {@code --until}: how narrow figures are to be known before the iterations end. */
    UNTIL,
    /** {@code --at-most}: how long measured iterations go on for {@code --until}. */
    AT_MOST,
    /** {@code --warmup-requests}: the requests of a warm-up iteration. */
    WARMUP_REQUESTS,
    /** {@code --warmup-requests-per-slot}: the requests of a warm-up iteration, per slot. */
    WARMUP_REQUESTS_PER_SLOT,
    /** {@code --warmup-sessions}: the sessions of a warm-up iteration. */
    WARMUP_SESSIONS,
    /** {@code --warmup-time}: the time of a warm-up iteration. */
    WARMUP_TIME,
    /** {@code --warmup-iterations}: the number of warm-up iterations. */
    WARMUP_ITERATIONS,
    /** {@code --max-turns}: how many turns a session may have before it is cut. */
    MAX_TURNS,
    /** {@code --on-failed-turn}: what becomes of a session behind a turn that failed. */
    ON_FAILED_TURN,
    /** {@code --run-time}: when the run is ended, whatever is left of it. */
    RUN_TIME,
    /** {@code --grace}: how long requests in flight have to end when a run is interrupted. */
    GRACE,
    /** {@code --pause}: how long nothing is sent between two trials. */
    PAUSE,
    /** {@code -f}: how many client JVMs a trial runs in, one after the other. */
    FORKS,
    /** {@code --members}: how many client JVMs of this machine share the load of a trial, at the same time. */
    MEMBERS,
    /** {@code --on-lost-agent}: what becomes of a run that loses a member. */
    ON_LOST_AGENT,
    /** {@code -jvm}: the java command of these JVMs. */
    JVM,
    /** {@code -jvmArgs}: the options of these JVMs. */
    JVM_ARGS,
    /** {@code --agents}: the members of the run on other machines. */
    AGENTS,
    /** {@code --agents-expected}: how many of them there have to be. */
    AGENTS_EXPECTED,
    /** {@code --listen}: the address of this machine that agents reach. */
    LISTEN,
    /** {@code --gpus}: how many GPUs the endpoint has. */
    GPUS,
    /** {@code --server-metrics}: the pages of metrics of the endpoint's servers, comma-separated, or {@code auto}. */
    SERVER_METRICS,
    /** {@code --timeout}: how long a request may take. */
    TIMEOUT,
    /** {@code --ready-timeout}: how long an endpoint that is not ready is waited for before the run. */
    READY_TIMEOUT,
    /** {@code --transport}: what moves the bytes of requests. */
    TRANSPORT,
    /** {@code --insecure}: whether the endpoint's certificate is not verified. */
    INSECURE,
    /** {@code --no-preflight}: whether the endpoint is not asked before the run. */
    NO_PREFLIGHT,
    /** {@code --no-client-warmup}: whether the client is timed without having been warmed up. */
    NO_CLIENT_WARMUP,
    /** {@code --resolve}: which addresses of a host connections go to. */
    RESOLVE,
    /** {@code --seed}: the seed of everything that is drawn. */
    SEED,
    /** {@code --same-prompts}: whether all trials and forks send the same prompts. */
    SAME_PROMPTS,
    /** {@code --cache-marker}: whose own words prompts begin with, {@code run}, {@code trial} or {@code none}. */
    CACHE_MARKER,
    /** {@code --slo}: the objectives of goodput. */
    SLO,
    /** {@code --require}: what the run's figures have to be, an exit code. */
    REQUIRE,
    /** {@code --percentiles}: the percentiles that tables show. */
    PERCENTILES,
    /** {@code --streaming}: whether answers are streamed. */
    STREAMING,
    /** {@code --max-failures}: the share of requests that may fail. */
    MAX_FAILURES,
    /** {@code -foe}: whether the first request that fails ends the run. */
    FAIL_ON_ERROR,
    /** {@code --strict}: whether a client that is suspect is an exit code. */
    STRICT,
    /** {@code --calibrate}: when it is measured what the client itself adds. */
    CALIBRATE,
    /** {@code -rff}: the result file. */
    RESULT_FILE,
    /** {@code -rf}: the format of the result file. */
    RESULT_FORMAT,
    /** {@code --save-detailed}: whether each answer's text is kept. */
    SAVE_DETAILED,
    /** {@code --force}: whether files that exist are replaced. */
    FORCE,
    /** {@code --journal}: where each request is kept as it ends. */
    JOURNAL,
    /** {@code --no-journal}: whether no journal is kept. */
    NO_JOURNAL,
    /** {@code -o}: the file that takes the console's text. */
    OUTPUT,
    /** {@code -v}: how much is told. */
    VERBOSITY,
    /** {@code --dialect}: the other tools in whose words the run is told too, comma-separated. */
    DIALECT,
    /** {@code --live}: the port of a page that shows the run while it goes on; {@code true} for a free one. */
    LIVE,
    /** {@code --live-open}: whether that page has no token in its address. */
    LIVE_OPEN,
    /** {@code --headless}: whether there is no such page, as where nothing is said of one. */
    HEADLESS,
    /** {@code --extra-body}: JSON merged into the body of every request. */
    EXTRA_BODY,
    /** {@code --omit}: fields that are left out of the body of every request. */
    OMIT,
    /** {@code --length-field}: the field of the body that carries the longest answer. */
    LENGTH_FIELD,
    /** {@code --traceparent}: whether each request is sent as a trace of its own. */
    TRACEPARENT
}
