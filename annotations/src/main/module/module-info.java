/** What a workload is declared with. */
module io.inferometer.annotations {
    exports io.inferometer.annotations;
}
