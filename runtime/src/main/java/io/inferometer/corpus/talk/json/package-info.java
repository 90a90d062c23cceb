/**
 * Values of JSON files one at a time, with the line they stand on, and their keys one by one. What is wrong is named by line
 * and key.
 */
package io.inferometer.corpus.talk.json;
