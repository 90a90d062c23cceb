/**
 * Any tokenizer of Hugging Face's, by its {@code tokenizer.json} or its name on the hub. In the jar only where it was
 * built with {@code -Phuggingface}: it brings a native library of some 18 MB.
 *
 * <p>A tokenizer is loaded once per process and kept. A path is read without the network; a name is fetched from the hub
 * by the native library, which keeps it in its own cache.
 */
package io.inferometer.huggingface;
